package io.ticketflow.runners.launch;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How slots take work, beside the runners' own options. */
public interface QueueOptions extends PipelineOptions {
  @Description("What goes first of that which could be done now: breadth-first or finish-first.")
  @Default.String("breadth-first")
  String getOrder();

  void setOrder(String order);
}
