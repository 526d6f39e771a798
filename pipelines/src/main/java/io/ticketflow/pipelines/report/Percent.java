package io.ticketflow.pipelines.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Fractions as the page writes them. */
final class Percent {
  private Percent() {}

  /** Such as 93.12 of 0.9312. */
  static String points(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }

  /** A difference, such as +0.12 and −1.50 of -0.015. */
  static String signed(double fraction) {
    String text = String.format(Locale.ROOT, "%+.2f", 100 * fraction);
    return text.matches("[+-]0\\.00") ? "0.00" : text.replace('-', '−');
  }

  /** Such as 51.2 % of 0.512 and 1.153 % of 0.0115292: four digits at most. */
  static String density(double fraction) {
    return digits(fraction).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  /** Rounded to four digits: the densities of two methods' cycles that round alike are one. */
  static BigDecimal digits(double fraction) {
    return new BigDecimal(fraction).round(new MathContext(4)).stripTrailingZeros();
  }
}
