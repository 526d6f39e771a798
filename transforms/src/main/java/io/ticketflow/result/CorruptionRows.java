package io.ticketflow.result;

import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.schemas.CorruptionResult;
import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.TicketRecord;
import java.util.ArrayList;
import java.util.List;

/** The table rows of corruptions. */
public record CorruptionRows(MeasureTask task) {
  /**
   * A row a network.
   *
   * @param source of the corrupted images: generated or published
   */
  public List<MetricRow> of(
      Corruption corruption, int severity, String source, CorruptionResult result) {
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < result.getScores().size(); i++) {
      NamedNetwork network = task.getNetworks().get(i);
      TicketRecord own = network.getTicket();
      Measured measured = new Measured(task, own == null ? task.getTicket() : own);
      rows.add(
          measured.metric(
              CorruptionRow.newBuilder(measured.on(new CorruptionRow(), result.getScores().get(i)))
                  .setSubject(network.getName())
                  .setCorruption(corruption.label())
                  .setFamily(corruption.family().label())
                  .setSeverity(severity)
                  .setSource(source)
                  .build()));
    }
    return rows;
  }
}
