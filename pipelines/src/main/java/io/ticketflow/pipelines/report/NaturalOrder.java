package io.ticketflow.pipelines.report;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in a reader's order: numbers inside them by value, so particles=8 precedes particles=16.
 */
final class NaturalOrder implements Comparator<String> {
  private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

  @Override
  public int compare(String a, String b) {
    Matcher left = PART.matcher(a);
    Matcher right = PART.matcher(b);
    while (true) {
      boolean more = left.find();
      if (!right.find()) {
        return more ? 1 : a.compareTo(b);
      }
      if (!more) {
        return -1;
      }
      int order = parts(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int parts(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }
}
