package io.ticketflow.result;

import io.ticketflow.schemas.RunRecord;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** What rows say first: which run and cycle they are about, by the same names in every table. */
record RunIdentity(RunRecord run, int cycle) {
  /** The row with those of these fields that its table has. */
  <R extends SpecificRecord> R on(R row) {
    for (Schema.Field field : row.getSchema().getFields()) {
      switch (field.name()) {
        case "run" -> row.put(field.pos(), run.getRun());
        case "method" -> row.put(field.pos(), run.getMethod());
        case "variant" -> row.put(field.pos(), run.getVariant());
        case "dataset" -> row.put(field.pos(), run.getDataset());
        case "model" -> row.put(field.pos(), run.getModel());
        case "seed" -> row.put(field.pos(), run.getSeed());
        case "cycle" -> row.put(field.pos(), cycle);
        default -> {
          // measured
        }
      }
    }
    return row;
  }
}
