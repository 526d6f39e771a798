package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What differs between two resolved experiments, in words. */
public final class Differences {
  private static final int MOST = 6;

  private static final String MEASURE = "measure";

  /** Where files lie, which is no matter. */
  private static final List<String> PLACES =
      List.of(".data.dir", ".model.torchscript", ".model.weights");

  /** Keys that are told of elsewhere, or change no network. */
  private static final Set<String> PASSED_OVER =
      Set.of("methods", "maxRuns", MEASURE, ExperimentFile.RESOLVED);

  private static final String A_FILE = "a file";

  /** The label of what is no method's own; no label is empty. */
  private static final String BODY = "";

  private Differences() {}

  /**
   * One phrase a key, {@code training.epochs is 10 there and 20 here}, or a method that one side
   * lacks; the first six, and how many more. Where the data lie does not matter, what they are
   * does, where both sides have read them; versions do not, and neither does what is measured.
   *
   * @param file names the text of there in messages
   * @param there resolved YAML, as a file has it
   * @param here resolved YAML
   * @throws UserException naming the file, if its text is not a resolved experiment's
   */
  public static List<String> between(String file, String there, String here) {
    if (there.equals(here)) {
      return List.of();
    }
    ObjectNode before = read(file, there);
    ObjectNode after = read("this experiment", here);
    List<String> phrases = configuration(flat(before), flat(after));
    if (phrases.isEmpty()) {
      phrases = otherContent(before, after);
    }
    if (phrases.size() <= MOST) {
      return List.copyOf(phrases);
    }
    List<String> first = new ArrayList<>(phrases.subList(0, MOST));
    first.add("and " + (phrases.size() - MOST) + " more");
    return List.copyOf(first);
  }

  private static ObjectNode read(String file, String yaml) {
    String end = "; it is not as Ticketflow wrote it";
    JsonNode tree;
    try {
      tree = YamlText.read(file + " cannot be read", yaml);
    } catch (UserException e) {
      throw new UserException(e.getMessage() + end);
    }
    if (tree instanceof ObjectNode map) {
      return map;
    }
    String what = tree.isMissingNode() || tree.isNull() ? "is empty" : "is not a map of keys";
    throw UserException.of("%s cannot be read: it %s%s", file, what, end);
  }

  private static List<String> configuration(
      Map<String, Map<String, String>> there, Map<String, Map<String, String>> here) {
    List<String> phrases = new ArrayList<>();
    for (String label : union(there.keySet(), here.keySet())) {
      Map<String, String> a = there.get(label);
      Map<String, String> b = here.get(label);
      if (a == null || b == null) {
        phrases.add(
            "method " + label + (b == null ? " is there and not here" : " is here and not there"));
        continue;
      }
      for (String key : union(a.keySet(), b.keySet())) {
        String before = a.getOrDefault(key, "absent");
        String after = b.getOrDefault(key, "absent");
        if (!before.equals(after)) {
          phrases.add(key + " is " + before + " there and " + after + " here");
        }
      }
    }
    return phrases;
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return all;
  }

  /** Same configuration, other files: runs whose files were read on both sides and differ. */
  private static List<String> otherContent(JsonNode there, JsonNode here) {
    List<String> phrases =
        others(there, here, "/data/digest", "the images that %s learns from are others than there");
    phrases.addAll(
        others(there, here, "/model/digest", "the TorchScript file of %s is another than there"));
    phrases.addAll(
        others(there, here, "/model/weightsDigest", "the weights of %s are others than there"));
    return phrases;
  }

  private static List<String> others(JsonNode there, JsonNode here, String fact, String phrase) {
    Map<String, String> before = digests(there, fact);
    List<String> phrases = new ArrayList<>();
    digests(here, fact)
        .forEach(
            (run, digest) -> {
              if (!before.getOrDefault(run, digest).equals(digest)) {
                phrases.add(String.format(Locale.ROOT, phrase, run));
              }
            });
    return phrases;
  }

  /** Digests of the content of files of the runs, where it has been read. */
  private static Map<String, String> digests(JsonNode tree, String fact) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (JsonNode run : tree.path(ExperimentFile.RESOLVED).path("runs")) {
      String digest = run.path("spec").at(fact).asText("");
      if (!digest.isEmpty()) {
        digests.put(run.path("run").asText(), digest);
      }
    }
    return digests;
  }

  /** Values in words by full key, by method's label. */
  private static Map<String, Map<String, String>> flat(JsonNode tree) {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    for (JsonNode entry : tree.path("methods")) {
      String label = entry.path("as").asText(entry.path("method").asText());
      Map<String, String> own = values.computeIfAbsent(label, any -> new LinkedHashMap<>());
      collect("methods." + label, without(MEASURE, entry), own);
    }
    Map<String, String> body = new LinkedHashMap<>();
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      if (!PASSED_OVER.contains(field.getKey())) {
        collect(field.getKey(), field.getValue(), body);
      }
    }
    // An output of before a key came has none of it: it ran with the value that it has by default.
    collect("", without(MEASURE, Settings.defaults().tree()), defaults);
    defaults.forEach(body::putIfAbsent);
    values.put(BODY, body);
    values
        .values()
        .forEach(
            map ->
                map.replaceAll(
                    (key, value) ->
                        value.isEmpty() || PLACES.stream().noneMatch(("." + key)::endsWith)
                            ? value
                            : A_FILE));
    return values;
  }

  private static JsonNode without(String key, JsonNode tree) {
    return tree.isObject() ? tree.<ObjectNode>deepCopy().without(key) : tree;
  }

  private static void collect(String key, JsonNode value, Map<String, String> values) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              field ->
                  collect(
                      key.isEmpty() ? field.getKey() : key + "." + field.getKey(),
                      field.getValue(),
                      values));
    } else {
      values.put(
          key, value.isTextual() ? value.textValue() : KeyType.inWords(Resolved.plain(value)));
    }
  }
}
