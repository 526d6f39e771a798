package io.ticketflow.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known names that somebody may have meant by one that is not known. */
public final class NearestNames {
  private NearestNames() {}

  /** The {@code count} names of the fewest edits; ties keep the order of the names. */
  public static List<String> of(String written, Collection<String> names, int count) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> edits(written, name)))
        .limit(count)
        .toList();
  }

  /**
   * The name of the fewest edits; empty if even that differs in more than a third of its letters.
   */
  public static Optional<String> likely(String written, Collection<String> names) {
    return of(written, names, 1).stream()
        .filter(
            name ->
                edits(written, name) <= Math.max(1, Math.max(written.length(), name.length()) / 3))
        .findFirst();
  }

  /** Levenshtein's distance, in which case does not count. */
  public static int edits(String a, String b) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }
}
