package io.ticketflow.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.settings.YamlText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says when not all that stands on a page is of the same images. */
final class DataNotice {
  private static final int MOST = 4;
  private static final int DIGITS = 8;

  private DataNotice() {}

  /** A paragraph; empty if all is of the same images, or nobody knows. */
  static String html(List<ExperimentTables> experiments) {
    Map<String, Set<String>> where = new LinkedHashMap<>();
    for (ExperimentTables experiment : experiments) {
      for (String images : images(experiment)) {
        where.computeIfAbsent(images, any -> new LinkedHashSet<>()).add(experiment.name());
      }
    }
    return where.size() < 2
        ? ""
        : "<p class=\"notice\">"
            + Markup.text(
                "Not all networks here learned from, and were tested on, the same images: "
                    + listed(where)
                    + ". Numbers of different images cannot be compared.")
            + "</p>\n";
  }

  private static String listed(Map<String, Set<String>> where) {
    String first =
        where.entrySet().stream()
            .limit(MOST)
            .map(each -> each.getKey() + " in " + String.join(", ", each.getValue()))
            .collect(Collectors.joining("; "));
    return where.size() <= MOST ? first : first + "; and " + (where.size() - MOST) + " more";
  }

  /** What the runs of an experiment see, in words. */
  private static Set<String> images(ExperimentTables experiment) {
    Set<String> all = new LinkedHashSet<>();
    if (!experiment.configuration().isEmpty()) {
      YamlText.readMap(experiment.name(), experiment.configuration())
          .path("resolved")
          .path("runs")
          .forEach(run -> all.add(inWords(run.path("spec").path("data"))));
    }
    return all;
  }

  private static String inWords(JsonNode data) {
    String digest = data.path("digest").asText();
    return String.format(
        "%s (%s for training, %s for test, content %s)",
        data.path("name").asText(),
        count(data.path("train").asInt()),
        count(data.path("test").asInt()),
        digest.substring(0, Math.min(DIGITS, digest.length())));
  }

  private static String count(int limit) {
    return limit == 0 ? "all" : "the first " + limit;
  }
}
