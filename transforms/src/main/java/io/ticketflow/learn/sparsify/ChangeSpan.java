package io.ticketflow.learn.sparsify;

import io.ticketflow.spec.SparsifierSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where in a training of so many parts its masks change: from ⌊begin · parts⌋ to ⌈end · parts⌉,
 * which is always later. Fractions count as the decimal numbers that they are written as.
 */
record ChangeSpan(long begin, long end) {
  static ChangeSpan of(SparsifierSpec spec, long parts) {
    return new ChangeSpan(part(spec.begin(), parts, RoundingMode.FLOOR), upTo(spec.end(), parts));
  }

  /** The first step of so many that comes after that fraction of them. */
  static long upTo(double fraction, long parts) {
    return part(fraction, parts, RoundingMode.CEILING);
  }

  private static long part(double fraction, long parts, RoundingMode rounding) {
    return BigDecimal.valueOf(fraction)
        .multiply(BigDecimal.valueOf(parts))
        .setScale(0, rounding)
        .longValueExact();
  }
}
