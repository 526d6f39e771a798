package io.ticketflow.store.remote;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Marks the options of a run: the ones that its outputs are opened under. */
public interface OutputOptions extends PipelineOptions {
  @Description("Where the run's results go; set by ticketflow.")
  @Default.String("")
  String getTicketflowOutput();

  void setTicketflowOutput(String output);
}
