package io.ticketflow.result;

import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.schemas.TicketRecord;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What rows of a measure say before what was measured, by the same names in every table.
 *
 * @param ticket of the cycle that they are about
 */
record Measured(MeasureTask task, TicketRecord ticket) {
  private static final List<String> NETWORKS = List.of("first", "second", "third");

  /** Rows about the task's cycle. */
  Measured(MeasureTask task) {
    this(task, task.getTicket());
  }

  /** The row with run, cycle, density, measure and networks, those of them that its table has. */
  <R extends SpecificRecord> R on(R row) {
    new RunIdentity(task.getRun(), ticket.getCycle()).on(row);
    for (Schema.Field field : row.getSchema().getFields()) {
      int network = NETWORKS.indexOf(field.name());
      if (field.name().equals("density")) {
        row.put(field.pos(), ticket.getDensity());
      } else if (field.name().equals("measure")) {
        row.put(field.pos(), task.getMeasure());
      } else if (network >= 0 && field.schema().getType() == Schema.Type.STRING) {
        row.put(field.pos(), name(network));
      }
    }
    return row;
  }

  /** The row with the scores' fields that its table has. */
  <R extends SpecificRecord> R on(R row, SplitScores scores) {
    on(row);
    for (Schema.Field field : row.getSchema().getFields()) {
      Schema.Field score = scores.getSchema().getField(field.name());
      if (score != null) {
        row.put(field.pos(), scores.get(score.pos()));
      }
    }
    return row;
  }

  /** What tables call a network of the task. */
  String name(int network) {
    NamedNetwork named = task.getNetworks().get(network);
    return named.getName();
  }

  MetricRow metric(SpecificRecord row) {
    return new MetricRow(task.getRun().getRun(), row);
  }
}
