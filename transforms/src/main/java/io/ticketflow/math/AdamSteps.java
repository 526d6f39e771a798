package io.ticketflow.math;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1) over a few numbers in double: β1 0.9, β2 0.999, ε
 * 1e-8. Without weight decay it is AdamW too. For one thread.
 */
public final class AdamSteps {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double[] means;
  private final double[] squares;
  private double left1 = 1;
  private double left2 = 1;

  /**
   * @param numbers how many there are
   */
  public AdamSteps(int numbers) {
    means = new double[numbers];
    squares = new double[numbers];
  }

  /**
   * Moves the numbers a step against their gradient.
   *
   * @param rate the step's learning rate
   */
  public void step(double[] numbers, double[] gradient, double rate) {
    left1 *= BETA_1;
    left2 *= BETA_2;
    for (int i = 0; i < numbers.length; i++) {
      means[i] = BETA_1 * means[i] + (1 - BETA_1) * gradient[i];
      squares[i] = BETA_2 * squares[i] + (1 - BETA_2) * gradient[i] * gradient[i];
      double root = StrictMath.sqrt(squares[i] / (1 - left2));
      numbers[i] -= rate * (means[i] / (1 - left1)) / (root + EPSILON);
    }
  }
}
