package io.ticketflow.runners.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.runners.table.TextTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that answer a query, in memory.
 *
 * @param columns their names
 * @param rows a value a column, null where SQL says null
 */
public record QueryResult(List<String> columns, List<List<@Nullable Object>> rows) {
  private static final MathContext SHOWN = new MathContext(6);
  private static final JsonMapper MAPPER = new JsonMapper();

  static QueryResult of(ResultSet from) throws SQLException {
    ResultSetMetaData about = from.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int column = 1; column <= about.getColumnCount(); column++) {
      columns.add(about.getColumnLabel(column));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (from.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int column = 1; column <= columns.size(); column++) {
        row.add(from.getObject(column));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return new QueryResult(columns, rows);
  }

  /** Aligned columns under their names; numbers to six digits, nothing for null. */
  public List<String> table() {
    TextTable table = new TextTable(columns);
    rows.forEach(row -> table.row(row.stream().map(QueryResult::shown).toList()));
    return table.lines();
  }

  /** Lines as RFC 4180 has them but for their ends, names first; nothing for null. */
  public List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", columns.stream().map(QueryResult::quoted).toList()));
    for (List<@Nullable Object> row : rows) {
      lines.add(
          String.join(
              ",",
              row.stream().map(value -> value == null ? "" : quoted(value.toString())).toList()));
    }
    return lines;
  }

  /** An array of objects; a number that JSON does not know is text. */
  public String json() {
    ArrayNode array = MAPPER.createArrayNode();
    for (List<@Nullable Object> row : rows) {
      ObjectNode object = array.addObject();
      for (int column = 0; column < columns.size(); column++) {
        object.set(columns.get(column), node(row.get(column)));
      }
    }
    return array.toPrettyString();
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    }
    boolean plain = value instanceof Number || value instanceof Boolean;
    boolean finite = !(value instanceof Double number) || Double.isFinite(number);
    return MAPPER.valueToTree(plain && finite ? value : value.toString());
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      BigDecimal rounded = BigDecimal.valueOf(number).round(SHOWN).stripTrailingZeros();
      return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
    return value.toString().replaceAll("\\p{Cntrl}", " ");
  }

  private static String quoted(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
