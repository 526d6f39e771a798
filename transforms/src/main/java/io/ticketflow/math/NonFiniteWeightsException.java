package io.ticketflow.math;

/** A network has weights, or scores of them, that are infinite or not numbers; names the tensor. */
public final class NonFiniteWeightsException extends IllegalStateException {
  /** The bits of positive infinity: those of |x| are at least that for all x not finite. */
  static final int FIRST_NON_FINITE = 0x7F800000;

  private final String tensor;

  /** A tensor that holds such a value. */
  public NonFiniteWeightsException(String tensor, float value) {
    this(tensor, "weight", value);
  }

  private NonFiniteWeightsException(String tensor, String what, float value) {
    super("tensor " + tensor + " has a " + what + " that is " + value);
    this.tensor = tensor;
  }

  /** What a network's weights lead to is infinite or not a number. */
  static NonFiniteWeightsException ofScore(String tensor, float value) {
    return new NonFiniteWeightsException(tensor, "score", value);
  }

  /** Which tensor. */
  public String tensor() {
    return tensor;
  }

  /** Throws if a value is not finite. */
  public static void check(String tensor, float[] values) {
    check(tensor, values, 0, values.length);
  }

  /** Throws if one of {@code values[from]} to {@code values[to - 1]} is not finite. */
  static void check(String tensor, float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        throw new NonFiniteWeightsException(tensor, values[i]);
      }
    }
  }
}
