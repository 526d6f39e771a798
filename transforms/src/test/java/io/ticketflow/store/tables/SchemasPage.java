package io.ticketflow.store.tables;

import io.ticketflow.schemas.Ticketflow;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The text of schemas/README.md, made of the records' definition. */
final class SchemasPage {
  private static final String HEAD =
      """
      # Records
      Made from [ticketflow.avdl](src/main/avro/ticketflow.avdl), where each meaning and unit is \
      written. No column holds NaN or an infinity: a network whose output is not finite ends its \
      run with a row in `metrics/failures`.

      Each Parquet file of a table tells the same of itself: `parquet.avro.schema` among its \
      metadata has the meanings, `ticketflow.units` the units, as JSON. In DuckDB:
      ```
      select decode(value) from parquet_kv_metadata('out/quickstart/metrics/cycles/*.parquet') where decode(key) = 'ticketflow.units' limit 1
      ```
      Units: `fraction` is a share of 1, not of 100; `nats` are natural logarithms of a \
      probability; `1` is a number without a unit.

      ## Tables
      """;

  private SchemasPage() {}

  /** Every record and enumeration, in the definition's order. */
  static Collection<Schema> types() {
    return Ticketflow.PROTOCOL.getTypes();
  }

  static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    for (Table<?> table : Tables.ALL) {
      Schema schema = TableFormat.schema(table.type());
      text.append("### `").append(table.folder()).append("`\n");
      text.append(line(schema.getDoc()).replace(table.folder() + ": ", "")).append("\n\n");
      text.append("| column | type | unit | meaning |\n| --- | --- | --- | --- |\n");
      for (Schema.Field field : schema.getFields()) {
        String unit = field.getProp("unit");
        row(text, field, unit == null ? " " : " `" + unit + "` ");
      }
      text.append('\n');
    }
    text.append("## Other records\n");
    text.append("In files of an output, or on their way from a step to the next.\n\n");
    Set<String> tables =
        Tables.ALL.stream().map(table -> table.type().getSimpleName()).collect(Collectors.toSet());
    for (Schema type : types()) {
      if (!tables.contains(type.getName())) {
        text.append("### ").append(type.getName()).append('\n');
        text.append(line(type.getDoc())).append("\n");
        if (type.getType() == Schema.Type.RECORD) {
          text.append("\n| field | type | meaning |\n| --- | --- | --- |\n");
          type.getFields().forEach(field -> row(text, field, null));
        }
        text.append('\n');
      }
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static void row(StringBuilder text, Schema.Field field, @Nullable String unit) {
    text.append("| `").append(field.name()).append("` | ").append(type(field.schema()));
    text.append(unit == null ? "" : " |" + unit.stripTrailing());
    text.append(" | ").append(line(field.doc())).append(" |\n");
  }

  private static String type(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> {
        List<Schema> some =
            schema.getTypes().stream().filter(t -> t.getType() != Schema.Type.NULL).toList();
        String names = some.stream().map(SchemasPage::type).collect(Collectors.joining(" or "));
        yield schema.isNullable() ? names + " or null" : names;
      }
      case ARRAY -> "list of " + type(schema.getElementType());
      case RECORD, ENUM -> schema.getName();
      default ->
          schema.getLogicalType() == null
              ? schema.getType().getName()
              : schema.getLogicalType().getName();
    };
  }

  private static String line(String doc) {
    return doc.replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
