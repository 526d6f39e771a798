package io.ticketflow.pipelines.report;

import io.ticketflow.settings.Remembered;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in a reader's order: numbers inside them by value, so rate=0.05 precedes rate=0.1, and
 * particles=8 precedes particles=16. Where one text has a number and the other has not, the number
 * comes first. Texts that differ in their writing only, such as 0.1 and 0.10, are in the order of
 * their characters, so only equal texts compare as equal.
 */
public final class NaturalOrder implements Comparator<String> {
  /**
   * Digits with dots, such as a version, or a number. A sign belongs to a number only where no word
   * ends before it: rate=-1 has one, seed-1 and 300-100 have not. Likewise an exponent ends a word.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<version>[0-9]+(?:\\.[0-9]+){2,})"
              + "|(?:(?<![\\w.)\\]}-])[-+])?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,8}(?!\\w))?");

  /** A text is compared with many others. */
  private static final Remembered<String, List<Part>> PARTS =
      new Remembered<>(10_000, NaturalOrder::parts);

  private record Part(Optional<BigDecimal> number, String text) implements Comparable<Part> {
    @Override
    public int compareTo(Part other) {
      if (number.isPresent() && other.number.isPresent()) {
        return number.get().compareTo(other.number.get());
      }
      return number.isPresent() == other.number.isPresent()
          ? text.compareTo(other.text)
          : number.isPresent() ? -1 : 1;
    }
  }

  @Override
  public int compare(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    List<Part> left = PARTS.of(a);
    List<Part> right = PARTS.of(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    int shorter = Integer.compare(left.size(), right.size());
    return shorter != 0 ? shorter : a.compareTo(b);
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    int end = 0;
    while (number.find()) {
      if (number.start() > end) {
        parts.add(new Part(Optional.empty(), text.substring(end, number.start())));
      }
      String version = number.group("version");
      for (String each :
          version == null ? List.of(number.group()) : List.of(version.split("\\."))) {
        parts.add(new Part(Optional.of(new BigDecimal(each)), ""));
      }
      end = number.end();
    }
    if (end < text.length()) {
      parts.add(new Part(Optional.empty(), text.substring(end)));
    }
    return parts;
  }
}
