package io.ticketflow.exchange;

/** Takes the numbers of a tensor in row-major order, some at a time. */
@FunctionalInterface
public interface FloatSink {
  /**
   * Takes the next numbers.
   *
   * @param values valid until this call returns
   * @param count how many of them count, from the front
   */
  void accept(float[] values, int count);
}
