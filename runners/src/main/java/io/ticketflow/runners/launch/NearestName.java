package io.ticketflow.runners.launch;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one is likely to mean. */
public final class NearestName {
  private NearestName() {}

  /**
   * The name with the fewest edits to {@code typed}, the alphabetically first among equals; empty
   * if even that differs in more than a third of its letters.
   */
  public static Optional<String> to(String typed, Collection<String> names) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(
            name ->
                edits(lower, name.toLowerCase(Locale.ROOT))
                    <= Math.max(1, Math.max(typed.length(), name.length()) / 3))
        .min(
            Comparator.comparingInt((String name) -> edits(lower, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int edits(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }
}
