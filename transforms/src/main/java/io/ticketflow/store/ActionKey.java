package io.ticketflow.store;

import com.fasterxml.jackson.databind.util.RawValue;
import io.ticketflow.math.Sha256;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.settings.Remembered;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What an action's result is filed under: equal keys mean that the results are interchangeable. */
public final class ActionKey {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  /** Most actions of a sweep have the same ones. */
  private static final Remembered<Record, RawValue> RECORDS =
      new Remembered<>(1024, value -> new RawValue(CanonicalJson.write(value)));

  private ActionKey() {}

  /**
   * Lower-case hexadecimal SHA-256 over the canonical JSON of all that decides an action's result.
   *
   * @param kind train, average, recalibrate, …
   * @param codeVersion of that kind's code; raise it when the same inputs give another result
   * @param spec a record, map or list of what matters to the action and of nothing else; seeds,
   *     cycle and particle belong here
   * @param inputDigests SHA-256 of the artifacts read, in an order that means something
   */
  public static String of(String kind, int codeVersion, Object spec, List<String> inputDigests) {
    return Sha256.hex(Sha256.of(text(kind, codeVersion, spec, inputDigests)));
  }

  /** The text that {@link #of} is the digest of: a list of the four. */
  public static String text(String kind, int codeVersion, Object spec, List<String> inputDigests) {
    Object parts = spec instanceof Map<?, ?> map ? texts(map) : spec;
    return CanonicalJson.write(List.of(kind, codeVersion, parts, inputDigests));
  }

  /** The same with records as the text that they have in it. */
  private static Map<String, Object> texts(Map<?, ?> spec) {
    Map<String, Object> texts = new TreeMap<>();
    spec.forEach(
        (name, value) ->
            texts.put(name.toString(), value instanceof Record known ? RECORDS.of(known) : value));
    return texts;
  }

  /** The file of a key below the folder of its kind, as ab/KEY.avro. */
  static String fileName(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not the key of an action: \"" + key + "\"");
    }
    return key.substring(0, 2) + "/" + key + ".avro";
  }
}
