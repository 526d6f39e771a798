package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages made of sample tables, and what is read off them. */
final class ReportPages {

  static final Pattern SCRIPT = Pattern.compile("(?s)<script[^>]*>(.*?)</script>");
  static final Pattern DATA =
      Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>");

  private ReportPages() {}

  static SampleTables sweep() {
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 3; seed++) {
      tables
          .run("imp", "", seed, 1, 12, 20)
          .run("swamp", "particles=4", seed, 4, 12, 20)
          .run("swamp", "particles=8", seed, 8, 12, 20);
    }
    return tables;
  }

  static String page(ExperimentTables... experiments) {
    return Report.of(List.of(experiments)).html();
  }

  static JsonNode data(String page) throws IOException {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  static JsonNode find(JsonNode points, String series, String subject) {
    for (JsonNode point : points) {
      if (point.get("series").asText().equals(series)
          && point.get("subject").asText().equals(subject)) {
        return point;
      }
    }
    throw new AssertionError("no " + subject + " of " + series + " in " + points);
  }

  /** Cells of the headline table, tags taken away. */
  static List<String> rows(String page) {
    return Pattern.compile("(?s)<tr>(.*?)</tr>")
        .matcher(SCRIPT.matcher(page).replaceAll(""))
        .results()
        .map(row -> row.group(1).replaceAll("</t[hd]><", "|<").replaceAll("<[^>]*>", ""))
        .toList();
  }
}
