package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.SaliencySpec;
import io.ticketflow.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientScoresTest {
  private static final SaliencySpec SALIENCY = new SaliencySpec(4, 3, 1, 5);

  private static final ScoredNet MLP = new ScoredNet("MLP", Fixtures.mlp());
  private static final ScoredNet CONV = new ScoredNet("CONV", Fixtures.convNet());

  /** With and without convolutions, BatchNorm and a residual; by either engine. */
  private static List<ScoredNet> nets() {
    return List.of(MLP, CONV, MLP.by(new VectorCalculator(1)), CONV.by(new VectorCalculator(1)));
  }

  private static void assertScores(TensorSet scores, Map<String, double[]> expected, double close) {
    assertThat(scores.tensors().stream().map(Tensor::name))
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (Tensor tensor : scores.tensors()) {
      double[] values = PlainNetwork.get(expected, tensor.name());
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      assertThat(largest).isPositive();
      for (int i = 0; i < values.length; i++) {
        assertThat((double) tensor.values()[i])
            .as(tensor.name() + " " + i)
            .isCloseTo(values[i], within(close * largest));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void snipIsTheMagnitudeOfGradientTimesWeightEntryByEntry(ScoredNet net) {
    PlainNetwork plain = net.plain();
    Map<String, double[]> gradient = net.gradient(plain, SALIENCY.batchSize(), 1);
    Map<String, double[]> expected = new TreeMap<>();
    for (String name : net.masks.tensors()) {
      double[] g = PlainNetwork.get(gradient, name);
      double[] w = plain.tensor(name);
      double[] scores = new double[g.length];
      for (int i = 0; i < g.length; i++) {
        scores[i] = Math.abs(g[i] * w[i]);
      }
      expected.put(name, scores);
    }

    assertScores(net.scores(SALIENCY).snip(net.weights, net.masks), expected, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theDenseGradientReachesPrunedEntries(ScoredNet net) {
    Map<String, double[]> gradient = net.gradient(net.plain(), SALIENCY.batchSize(), 1);
    gradient.keySet().retainAll(net.masks.tensors());
    gradient.values().forEach(g -> Arrays.setAll(g, i -> Math.abs(g[i])));

    assertScores(net.scores(SALIENCY).dense(net.weights, net.masks), gradient, 1e-5);
    gradient.forEach(
        (name, g) -> {
          boolean reached = false;
          for (int i = 0; i < g.length; i++) {
            reached |= !PlainNetwork.get(net.masks.byName(), name).keeps(i) && g[i] > 0;
          }
          assertThat(reached).as(name).isTrue();
        });
  }

  @ParameterizedTest
  @MethodSource("nets")
  void graspIsWeightTimesTheHessiansProductWithTheGradient(ScoredNet net) {
    PlainNetwork plain = net.plain();
    double temperature = SALIENCY.temperature();
    Map<String, double[]> direction = net.gradient(plain, SALIENCY.batchSize(), temperature);
    direction.keySet().retainAll(net.masks.tensors());
    direction.forEach(
        (name, g) ->
            Arrays.setAll(g, i -> PlainNetwork.get(net.masks.byName(), name).keeps(i) ? g[i] : 0));
    double step = 1e-5;
    Map<String, double[]> ahead = moved(net, plain, direction, step);
    Map<String, double[]> behind = moved(net, plain, direction, -step);
    Map<String, double[]> expected = new TreeMap<>();
    for (String name : net.masks.tensors()) {
      double[] w = plain.tensor(name);
      double[] scores = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        scores[i] =
            w[i]
                * (PlainNetwork.get(ahead, name)[i] - PlainNetwork.get(behind, name)[i])
                / (2 * step);
      }
      expected.put(name, scores);
    }

    TensorSet scores = net.scores(SALIENCY).grasp(net.weights, net.masks);

    assertScores(scores, expected, 1e-5);
    assertThat(scores.tensors()).anySatisfy(t -> assertThat(least(t)).isNegative());
  }

  @Test
  void graspLeavesOutTheJumpOfAReluThatIsJustAtItsKink() {
    Images images =
        new Images(
            1,
            2,
            3,
            3,
            new byte[] {90, 5, 90, 7, 50, 60, 90, 20, 10, 80, 40, 30},
            new int[] {0, 2});
    DataSplits data =
        new DataSplits(images, images, images, new float[] {0.1f}, new float[] {0.3f});
    TensorSet weights =
        TensorSet.of(
            Fixtures.weights(MLP.graph, 4).tensors().stream()
                .map(
                    tensor -> {
                      float[] values = tensor.values().clone();
                      if (tensor.name().startsWith("fc1")) {
                        // The first hidden unit: exactly 0 for the first image, not for the second.
                        Arrays.fill(values, 0, tensor.name().endsWith("bias") ? 1 : 6, 0f);
                      }
                      if (tensor.name().equals("fc1.weight")) {
                        values[0] = 1;
                        values[2] = -1;
                      }
                      return tensor.withValues(values);
                    })
                .toList());
    ScoredNet net = new ScoredNet("KINK", MLP.graph, data, weights);
    PlainNetwork plain = net.plain();
    Map<String, double[]> here = net.gradient(plain, SALIENCY.batchSize(), SALIENCY.temperature());
    Map<String, double[]> direction =
        net.gradient(plain, SALIENCY.batchSize(), SALIENCY.temperature());
    direction.keySet().retainAll(net.masks.tensors());
    direction.forEach(
        (name, g) ->
            Arrays.setAll(g, i -> PlainNetwork.get(net.masks.byName(), name).keeps(i) ? g[i] : 0));
    double step = 1e-7;
    Map<String, double[]> smooth = new TreeMap<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double side : new double[] {step, -step}) {
      Map<String, double[]> there = moved(net, plain, direction, side);
      Map<String, double[]> scores = new TreeMap<>();
      double size = 0;
      for (String name : net.masks.tensors()) {
        double[] w = plain.tensor(name);
        double[] before = PlainNetwork.get(here, name);
        double[] after = PlainNetwork.get(there, name);
        double[] score = new double[w.length];
        for (int i = 0; i < w.length; i++) {
          score[i] = w[i] * (after[i] - before[i]) / side;
          size += score[i] * score[i];
        }
        scores.put(name, score);
      }
      smooth = size < least ? scores : smooth;
      least = Math.min(least, size);
      most = Math.max(most, size);
    }
    assertThat(most).as("there is a jump").isGreaterThan(100 * least);

    assertScores(net.scores(SALIENCY).grasp(weights, net.masks), smooth, 1e-3);
  }

  private static float least(Tensor tensor) {
    float least = 0;
    for (float value : tensor.values()) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static Map<String, double[]> moved(
      ScoredNet net, PlainNetwork plain, Map<String, double[]> direction, double step) {
    Consumer<Double> move =
        length ->
            direction.forEach(
                (name, by) -> {
                  double[] w = plain.tensor(name);
                  for (int i = 0; i < w.length; i++) {
                    w[i] += length * by[i];
                  }
                });
    move.accept(step);
    Map<String, double[]> gradient =
        net.gradient(plain, SALIENCY.batchSize(), SALIENCY.temperature());
    move.accept(-step);
    return gradient;
  }

  @ParameterizedTest
  @MethodSource("nets")
  void scoresHaveTheSameBitsWheneverTheyAreAskedFor(ScoredNet net) {
    assertSame(
        net.scores(SALIENCY).grasp(net.weights, net.masks),
        net.scores(SALIENCY).grasp(net.weights, net.masks));
    GradientScores one = net.scores(SALIENCY);
    assertSame(one.snip(net.weights, net.masks), one.snip(net.weights, net.masks));
  }

  @Test
  void moreImagesThanThereAreMeansAll() {
    ScoredNet net = MLP;
    assertSame(
        net.scores(new SaliencySpec(4, 3, 1, 5)).snip(net.weights, net.masks),
        net.scores(new SaliencySpec(4, 300, 1, 5)).snip(net.weights, net.masks));
  }

  @Test
  void onlyTensorsWithMasksAreScored() {
    ScoredNet net = CONV;
    Masks one =
        new Masks(Map.of("again.weight", PlainNetwork.get(net.masks.byName(), "again.weight")));
    GradientScores scores = net.scores(SALIENCY);
    assertThat(scores.snip(net.weights, one).tensors()).hasSize(1);
    assertThat(scores.grasp(net.weights, one).get("again.weight").shape())
        .isEqualTo(net.weights.get("again.weight").shape());
    assertThat(scores.dense(net.weights, one).tensors()).hasSize(1);
  }

  @Test
  void aNetworkWithoutGradientScoresNothing() {
    ScoredNet net = MLP;
    TensorSet zero =
        TensorSet.of(
            net.weights.tensors().stream()
                .map(tensor -> tensor.withValues(new float[tensor.values().length]))
                .toList());
    for (Tensor tensor : net.scores(SALIENCY).grasp(zero, net.masks).tensors()) {
      assertThat(tensor.values()).containsOnly(0f);
    }
  }

  private static void assertSame(TensorSet one, TensorSet other) {
    for (Tensor tensor : one.tensors()) {
      assertThat(other.get(tensor.name()).values()).isEqualTo(tensor.values());
    }
  }
}
