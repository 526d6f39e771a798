package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.Triangle;
import io.ticketflow.schemas.TensorRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightPlaneTest {
  /** From (1, 1, 1): 5 along (0.6, 0.8, 0), then 2 along it and 3 along (0, 0, 1). */
  @Test
  void isSeenFromAnOrthonormalBasis() {
    Triangle triangle =
        WeightPlane.through(network(1, 1, 1), network(4, 5, 1), network(2.2f, 2.6f, 4))
            .orElseThrow();
    assertThat(triangle.secondX()).isCloseTo(5, within(1e-12));
    assertThat(triangle.thirdX()).isCloseTo(2, within(1e-6));
    assertThat(triangle.thirdY()).isCloseTo(3, within(1e-12));
  }

  /** The place (4, −1) is 4 along the first axis and −1 along the second. */
  @Test
  void sharesLeadToThePlace() {
    List<Double> shares = new Triangle(5, 2, 3).shares(4, -1);
    double[][] corners = {{1, 1, 1}, {4, 5, 1}, {2.2, 2.6, 4}};
    double[] point = {1 + 4 * 0.6, 1 + 4 * 0.8, 1 - 1};
    for (int axis = 0; axis < 3; axis++) {
      double sum = 0;
      for (int corner = 0; corner < 3; corner++) {
        sum += shares.get(corner) * corners[corner][axis];
      }
      assertThat(sum).isCloseTo(point[axis], within(1e-12));
    }
    assertThat(new Triangle(5, 2, 3).shares(0, 0)).containsExactly(1.0, 0.0, 0.0);
    assertThat(new Triangle(5, 2, 3).shares(2, 3)).containsExactly(0.0, 0.0, 1.0);
  }

  @Test
  void gridsGoAQuarterBeyondTheTriangle() {
    assertThat(new Triangle(4, 2, 2).columns(4)).containsExactly(-1.0, 1.0, 3.0, 5.0);
    assertThat(new Triangle(4, 2, 2).rows(3)).containsExactly(-0.5, 1.0, 2.5);
    assertThat(new Triangle(2, -2, 1).columns(2)).containsExactly(-3.0, 3.0);
    assertThat(new Triangle(2, 6, 1).columns(2)).containsExactly(-1.5, 7.5);
  }

  @Test
  void pointsOfALineHaveNoPlane() {
    TensorSet a = network(1, 2, 3);
    assertThat(WeightPlane.through(a, network(2, 4, 6), network(4, 8, 12))).isEmpty();
    assertThat(WeightPlane.through(a, a, network(4, 8, 1))).isEmpty();
    assertThat(WeightPlane.through(a, network(2, 4, 6), a)).isEmpty();
    assertThat(WeightPlane.through(a, a, a)).isEmpty();
  }

  /** Running statistics differ, and count for nothing. */
  private static TensorSet network(float... weights) {
    return TensorSet.of(
        List.of(
            tensor("bn.running_mean", TensorRole.BUFFER, weights[0] * 100),
            tensor("fc.weight", TensorRole.PRUNABLE, weights[0], weights[1]),
            tensor("fc.bias", TensorRole.DENSE, weights[2])));
  }

  private static Tensor tensor(String name, TensorRole role, float... values) {
    return new Tensor(name, role, List.of((long) values.length), values);
  }
}
