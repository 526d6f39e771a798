package io.ticketflow.store.tables;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Schema and data model of a generated record. */
final class TableFormat {
  private TableFormat() {}

  static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  static SpecificData model(Class<? extends SpecificRecord> type) {
    return SpecificData.getForClass(type);
  }
}
