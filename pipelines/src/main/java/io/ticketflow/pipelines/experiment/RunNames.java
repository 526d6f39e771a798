package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.settings.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of runs that are file names: unique, short, of harmless characters only. */
final class RunNames {
  private static final int LONGEST = 200;
  private static final int HASH = 10;

  private RunNames() {}

  /** The axes' values at a point, such as {@code training.epochs=20,pruning.rate=0.2}. */
  static String variant(Settings point, String separator) {
    return point.values().entrySet().stream()
        .map(value -> value.getKey() + "=" + inText(value.getValue()))
        .collect(Collectors.joining(separator));
  }

  /** LABEL[-KEY=VALUE…]-seedS, before it is made a file name. */
  static String raw(String label, Settings point, long seed) {
    String values = variant(point, "-");
    return label + (values.isEmpty() ? "" : "-" + values) + "-seed" + seed;
  }

  /**
   * A file name for each raw name, in their order. One that would be too long, or that another is
   * equal to (case aside: some file systems do not tell), ends in a hash of its raw name.
   */
  static List<String> fileNames(List<String> raws) {
    List<String> names = new ArrayList<>();
    Map<String, Integer> uses = new HashMap<>();
    for (String raw : raws) {
      String name = raw.replaceAll("[^A-Za-z0-9._=-]+", ".").replaceFirst("^[.-]+", "");
      names.add(name);
      uses.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.length() > LONGEST || uses.getOrDefault(name.toLowerCase(Locale.ROOT), 0) > 1) {
        String kept = name.substring(0, Math.min(name.length(), LONGEST - HASH - 1));
        names.set(i, kept + "-" + CanonicalJson.digest(raws.get(i)).substring(0, HASH));
      }
    }
    return names;
  }

  private static String inText(JsonNode value) {
    if (value.isDouble()) {
      BigDecimal shortest = new BigDecimal(value.asText()).stripTrailingZeros();
      return shortest.toPlainString();
    }
    return value.isArray() && value.size() == 1
        ? inText(value.get(0))
        : value.isTextual() ? value.textValue() : value.toString();
  }
}
