package io.ticketflow.store.tables;

import io.ticketflow.settings.CanonicalJson;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;

/** Schema, units and data model of a generated record, and what packs its pages. */
final class TableFormat {
  /** Key of a file's metadata: the units as a JSON object, by column. */
  static final String UNITS = "ticketflow.units";

  /** Property of a field in the schema. */
  private static final String UNIT = "unit";

  private static final Map<Class<?>, String> TEXTS = new ConcurrentHashMap<>();

  private TableFormat() {}

  static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  /** The schema as JSON, which is made once: there are thousands of small files. */
  static String schemaText(Class<? extends SpecificRecord> type) {
    return TEXTS.computeIfAbsent(type, known -> schema(type).toString());
  }

  /**
   * What a file of such rows says of itself beside its schema. Parquet has no metadata of a column.
   */
  static Map<String, String> metadata(Class<? extends SpecificRecord> type) {
    Map<String, String> units = new TreeMap<>();
    for (Schema.Field field : schema(type).getFields()) {
      String unit = field.getProp(UNIT);
      if (unit != null) {
        units.put(field.name(), unit);
      }
    }
    return units.isEmpty() ? Map.of() : Map.of(UNITS, CanonicalJson.write(units));
  }

  /**
   * What packs and unpacks pages, for one file. Parquet's own default reads Hadoop's settings for
   * it, hundreds of keys of XML, which a process's first table waits for.
   */
  static CompressionCodecFactory codecs() {
    return new CodecFactory(new Configuration(false), ParquetProperties.DEFAULT_PAGE_SIZE);
  }

  static SpecificData model(Class<? extends SpecificRecord> type) {
    return SpecificData.getForClass(type);
  }
}
