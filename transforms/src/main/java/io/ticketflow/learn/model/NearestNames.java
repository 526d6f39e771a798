package io.ticketflow.learn.model;

import java.util.Comparator;
import java.util.List;

/** The names that somebody may have meant. */
final class NearestNames {
  private NearestNames() {}

  /** The {@code count} names of the smallest edit distance; ties keep the order of the names. */
  static List<String> of(String written, List<String> names, int count) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(written, name)))
        .limit(count)
        .toList();
  }

  /** Levenshtein's distance: insertions, deletions and replacements of a character. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
