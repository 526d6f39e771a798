package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HyperplaneTest {
  private static final float[] A = {1, 2, 0, -4};
  private static final float[] B = {3, -2, 0, 0};
  private static final int[] BLOCKS = {0, 0, 1, 1};
  private static final Hyperplane PLANE = new Hyperplane(List.of(A, B), BLOCKS);

  /** c = (2, 0, 0, −2), P_a = (−1, 2, 0, −2) = −P_b. */
  @Test
  void goesFromTheMeanBlockByBlock() {
    assertThat(PLANE.coefficients()).isEqualTo(4);
    assertThat(PLANE.at(new double[4])).containsExactly(2, 0, 0, -2);
    assertThat(PLANE.at(new double[] {0.5, 0, 0, 1})).containsExactly(1.5f, 1, 0, 0);
    assertThat(PLANE.at(new double[] {1, 0, 1, 0})).isEqualTo(A);
    assertThat(PLANE.at(new double[] {-1, 1, 0, 0})).containsExactly(4, -4, 0, -2);
  }

  /** g = (1, 2, 3, 4): −1 + 4 of a's first block, −8 of its second. */
  @Test
  void projectsGradients() {
    assertThat(PLANE.project(new float[] {1, 2, 3, 4})).containsExactly(3, -3, -8, 8);
  }

  /** The loss Σ (i + 1)·sin(θ_i) + θ_0·θ_3, in doubles at c + Σ x_i·P_i. */
  @Test
  void theGradientEqualsFiniteDifferences() {
    double[] x = {0.3, -0.2, 0.1, 0.4};
    double[] at = point(x);
    float[] gradient = new float[4];
    for (int i = 0; i < 4; i++) {
      gradient[i] = (float) ((i + 1) * Math.cos(at[i]) + (i == 0 ? at[3] : i == 3 ? at[0] : 0));
    }
    double[] found = PLANE.project(gradient);
    for (int k = 0; k < 4; k++) {
      double[] above = x.clone();
      double[] below = x.clone();
      above[k] += 1e-5;
      below[k] -= 1e-5;
      double slope = (loss(point(above)) - loss(point(below))) / 2e-5;
      assertThat(found[k]).isCloseTo(slope, within(1e-5));
    }
    float[] point = PLANE.at(x);
    for (int i = 0; i < 4; i++) {
      assertThat((double) point[i]).isCloseTo(at[i], within(1e-6));
    }
  }

  private static double[] point(double[] x) {
    double[] point = new double[4];
    for (int i = 0; i < 4; i++) {
      double centre = ((double) A[i] + B[i]) / 2;
      int block = i / 2;
      point[i] = centre + x[2 * block] * (A[i] - centre) + x[2 * block + 1] * (B[i] - centre);
    }
    return point;
  }

  private static double loss(double[] at) {
    double sum = at[0] * at[3];
    for (int i = 0; i < 4; i++) {
      sum += (i + 1) * Math.sin(at[i]);
    }
    return sum;
  }

  @Test
  void isTheSumOverEveryEntry() {
    KeyedRandom draws = KeyedRandom.of(4, "plane");
    check(20_000, draws::nextGaussian, 5e-6);
  }

  /** Small whole numbers, of which floats make exact sums: each place counts, and counts once. */
  @Test
  void ofLongBlocksNoPlaceIsLost() {
    KeyedRandom draws = KeyedRandom.of(5, "plane");
    check(1_000_000, () -> draws.nextInt(7) - 3, 0);
  }

  /**
   * Against nested loops: blocks that come again, networks that differ in a third of the entries.
   *
   * @param wrong what a projected sum may be wrong by, over the sum of absolute terms
   */
  private static void check(int size, DoubleSupplier draw, double wrong) {
    int[] blocks = new int[size];
    float[] gradient = new float[size];
    List<float[]> networks = Stream.generate(() -> new float[size]).limit(4).toList();
    for (int i = 0; i < size; i++) {
      blocks[i] = i / (size * 9 / 20) % 2;
      gradient[i] = (float) draw.getAsDouble();
      for (float[] network : networks) {
        network[i] = i % 3 == 0 ? (float) draw.getAsDouble() : 0;
      }
    }
    float[] centre = ExactMean.of(networks);
    double[] x = {0.5, -1, 0.25, 2, 0, -0.75, 1, 3};
    float[] point = new float[size];
    double[] projected = new double[8];
    double[] absolute = new double[8];
    for (int i = 0; i < size; i++) {
      double moved = 0;
      for (int j = 0; j < 4; j++) {
        double along = (double) networks.get(j)[i] - centre[i];
        moved += x[4 * blocks[i] + j] * along;
        projected[4 * blocks[i] + j] += along * gradient[i];
        absolute[4 * blocks[i] + j] += Math.abs(along * gradient[i]);
      }
      point[i] = (float) (centre[i] + moved);
    }
    Hyperplane plane = new Hyperplane(networks, blocks);
    assertThat(plane.at(x)).isEqualTo(point);
    double[] found = plane.project(gradient);
    for (int k = 0; k < 8; k++) {
      assertThat(found[k]).isCloseTo(projected[k], within(wrong * absolute[k]));
    }
  }

  @Test
  void whereNetworksAgreeNothingMovesNotEvenMinusZero() {
    float[] same = {-0f, 0.1f, 1f / 3};
    Hyperplane plane = new Hyperplane(List.of(same, same, same), new int[3]);

    assertThat(plane.project(new float[] {1, Float.NaN, 3})).containsExactly(0, 0, 0);
    float[] found = plane.at(new double[] {5, -3, 1});
    assertThat(found).isEqualTo(same);
    assertThat(Float.floatToRawIntBits(found[0])).isEqualTo(Float.floatToRawIntBits(-0f));
  }

  /**
   * Adam by hand with the constant gradient 3 and the rate 0.1: unbiased, both means are 3 and 9,
   * and every step is 0.1. Then the gradient −3: 0.1 · m/√v with m = (0.9·0.57 − 0.3) / 0.271.
   */
  @Test
  void adamTakesStepsOfTheRate() {
    AdamSteps adam = new AdamSteps(1);
    double[] x = {1};
    adam.step(x, new double[] {3}, 0.1);
    assertThat(x[0]).isCloseTo(0.9, within(1e-8));
    adam.step(x, new double[] {3}, 0.1);
    assertThat(x[0]).isCloseTo(0.8, within(1e-8));
    adam.step(x, new double[] {-3}, 0.1);
    double mean = (0.9 * 0.57 - 0.3) / 0.271;
    assertThat(x[0]).isCloseTo(0.8 - 0.1 * mean / 3, within(1e-8));
  }
}
