package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import io.ticketflow.settings.CanonicalJson;
import java.util.List;
import java.util.regex.Pattern;

/** What an action's result is filed under: equal keys mean that the results are interchangeable. */
public final class ActionKey {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

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
    String text = CanonicalJson.write(List.of(kind, codeVersion, spec, inputDigests));
    return Sha256.hex(Sha256.of(text));
  }

  /** The file of a key below the folder of its kind, as ab/KEY.avro. */
  static String fileName(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not the key of an action: \"" + key + "\"");
    }
    return key.substring(0, 2) + "/" + key + ".avro";
  }
}
