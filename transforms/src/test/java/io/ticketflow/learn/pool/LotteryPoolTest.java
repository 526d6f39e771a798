package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LotteryPoolTest {
  private static final List<Double> ALPHAS = TestSettings.run().pool().coefficients();
  private static final int[] KEPT = {21, 15, 11, 8, 5, 4};

  /** The algorithm box of the paper in plain doubles. */
  @Property(tries = 60)
  void isTheGreedyInterpolationOfThePaper(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll @IntRange(max = 5) int at) {
    int target = at % count;
    List<SparseNetwork> solutions = solutions(seed, count);
    Pooled pooled = improve(PlainNetworks.validator(), ALPHAS, solutions, target);

    int kept = KEPT[target];
    Map<String, float[]> best =
        PlainNetworks.recalibrated(PlainNetworks.values(solutions.get(target).weights()));
    double bar = PlainNetworks.accuracy(best);
    assertThat(pooled.firstAccuracy()).isEqualTo(bar);
    List<TrialRecord> trials = new ArrayList<>();
    for (int distance = 1; distance < count; distance++) {
      for (int candidate : new int[] {target - distance, target + distance}) {
        if (candidate < 0 || candidate >= count) {
          continue;
        }
        Map<String, float[]> theta = PlainNetworks.values(solutions.get(candidate).weights());
        double highest = -1;
        double bestAlpha = 0;
        Map<String, float[]> bestMixture = Map.of();
        for (double alpha : ALPHAS) {
          Map<String, float[]> mixture = new LinkedHashMap<>();
          for (Map.Entry<String, float[]> tensor : best.entrySet()) {
            float[] other = theta.getOrDefault(tensor.getKey(), new float[0]);
            float[] mixed = new float[other.length];
            for (int i = 0; i < mixed.length; i++) {
              mixed[i] = (float) (alpha * tensor.getValue()[i] + (1 - alpha) * other[i]);
            }
            mixture.put(tensor.getKey(), mixed);
          }
          mixture = PlainNetworks.recalibrated(PlainNetworks.pruned(mixture, kept));
          // α ascends: of equals, the one that keeps most of the best
          if (PlainNetworks.accuracy(mixture) >= highest) {
            highest = PlainNetworks.accuracy(mixture);
            bestAlpha = alpha;
            bestMixture = mixture;
          }
        }
        trials.add(new TrialRecord(candidate, bestAlpha, highest, highest >= bar));
        if (highest >= bar) {
          bar = highest;
          best = bestMixture;
        }
      }
    }
    assertThat(pooled.trials()).isEqualTo(trials);
    assertThat(pooled.lastAccuracy()).isEqualTo(bar).isGreaterThanOrEqualTo(pooled.firstAccuracy());
    Map<String, float[]> result = PlainNetworks.values(pooled.network().weights());
    assertThat(result.keySet()).containsExactlyElementsOf(best.keySet());
    best.forEach((name, values) -> assertThat(result.get(name)).as(name).containsExactly(values));
  }

  @Property(tries = 60)
  void keepsExactlyAsManyAsTheTargetAndNothingElse(
      @ForAll long seed, @ForAll @IntRange(max = 5) int target) {
    Pooled pooled = improve(PlainNetworks.validator(), ALPHAS, solutions(seed, 6), target);
    assertThat(pooled.network().kept()).isEqualTo(KEPT[target]);
    assertThat(pooled.network().total()).isEqualTo(21);
    assertThat(pooled.network().masks().tensors()).containsExactly("a.weight", "b.weight");
    pooled
        .network()
        .masks()
        .byName()
        .forEach(
            (name, mask) -> {
              float[] values = pooled.network().weights().get(name).values();
              for (int i = 0; i < values.length; i++) {
                assertThat(mask.keeps(i) || values[i] == 0).isTrue();
              }
            });
  }

  @Test
  void triesTheNearestCyclesFirstAndTheEarlierOfTwo() {
    assertThat(LotteryPool.order(6, 2)).containsExactly(1, 3, 0, 4, 5);
    assertThat(LotteryPool.order(4, 0)).containsExactly(1, 2, 3);
    assertThat(LotteryPool.order(4, 3)).containsExactly(2, 1, 0);
    assertThat(LotteryPool.order(1, 0)).isEmpty();
  }

  @Test
  void ofEqualCoefficientsTheOneThatKeepsMostOfTheBestStands() {
    List<Float> seen = new ArrayList<>();
    Validator same =
        network -> {
          seen.add(network.get("a.bias").values()[0]);
          return new Validator.Validated(network, 0.5);
        };
    SparseNetwork zero = constant(0, 21);
    SparseNetwork one = constant(1, 21);
    Pooled pooled = improve(same, List.of(0.25, 0.75, 0.5), List.of(one, zero), 0);
    assertThat(seen).containsExactlyInAnyOrder(1f, 0.75f, 0.25f, 0.5f);
    assertThat(pooled.trials()).containsExactly(new TrialRecord(1, 0.75, 0.5, true));
    assertThat(pooled.network().weights().get("a.bias").values()).containsOnly(0.75f);
  }

  @Test
  void whatWouldLowerTheValidationAccuracyIsRefusedAndTheBarIsTheTargets() {
    Validator falls =
        network ->
            new Validator.Validated(network, network.get("a.bias").values()[0] == 1 ? 0.9 : 0.8);
    SparseNetwork target = constant(1, 8);
    Pooled pooled = improve(falls, ALPHAS, List.of(constant(0, 21), target), 1);
    assertThat(pooled.trials()).containsExactly(new TrialRecord(0, 0.95, 0.8, false));
    assertThat(pooled.network()).isEqualTo(target);
    assertThat(pooled.lastAccuracy()).isEqualTo(0.9);
  }

  @Test
  void theDenseTargetIsNotPruned() {
    Validator rises =
        network -> new Validator.Validated(network, 1 - network.get("a.bias").values()[0]);
    SparseNetwork sparse = constant(0, 4);
    Pooled pooled = improve(rises, List.of(0.5), List.of(constant(1, 21), sparse), 0);
    assertThat(pooled.network().kept()).isEqualTo(21);
    assertThat(pooled.network().weights().get("b.weight").values()).containsOnly(0.5f);
  }

  @Test
  void choosesByTheValidationSplitAlone() {
    ModelGraph graph = Fixtures.convNet();
    DataSplits data = Fixtures.data(graph, 40, 30);
    Images other = Fixtures.data(graph, 3, 90).validation();
    DataSplits otherTest =
        new DataSplits(data.train(), data.validation(), other, data.mean(), data.std());
    DataSplits otherValidation =
        new DataSplits(data.train(), other, data.test(), data.mean(), data.std());
    Pooled pooled = improveReal(graph, data);
    Pooled sameChoices = improveReal(graph, otherTest);
    assertThat(sameChoices.trials()).isEqualTo(pooled.trials());
    assertThat(PlainNetworks.values(sameChoices.network().weights()))
        .usingRecursiveComparison()
        .isEqualTo(PlainNetworks.values(pooled.network().weights()));
    assertThat(improveReal(graph, otherValidation).trials()).isNotEqualTo(pooled.trials());
    assertThat(pooled.lastAccuracy()).isGreaterThanOrEqualTo(pooled.firstAccuracy());
  }

  @Test
  void withoutValidationImagesThereIsNoSearch() {
    ModelGraph graph = Fixtures.mlp();
    assertThatThrownBy(
            () ->
                new ValidationSplit(
                    graph,
                    Fixtures.data(graph, 9, 0),
                    0,
                    new EvaluationSpec(8, 8, 0, 15, true),
                    new TorchCalculator(Device.cpu())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.validation");
  }

  private static Pooled improveReal(ModelGraph graph, DataSplits data) {
    Validator validator =
        new ValidationSplit(
            graph,
            data,
            0,
            new EvaluationSpec(16, 16, 0, 15, true),
            new TorchCalculator(Device.cpu()));
    Masks masks = Fixtures.masks(graph);
    List<SparseNetwork> solutions = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      TensorSet drawn = Fixtures.weights(graph, seed);
      masks.byName().forEach((name, mask) -> mask.applyTo(drawn.get(name).values()));
      solutions.add(new SparseNetwork(drawn, masks));
    }
    Pooled pooled = improve(validator, ALPHAS, solutions, 1);
    assertThat(pooled.network().kept()).isEqualTo(solutions.get(1).kept());
    return pooled;
  }

  private static Pooled improve(
      Validator validator, List<Double> alphas, List<SparseNetwork> solutions, int target) {
    return new LotteryPool(validator, alphas)
        .improve(i -> solutions.get(i).weights(), solutions.size(), target, solutions.get(target));
  }

  private static List<SparseNetwork> solutions(long seed, int count) {
    List<SparseNetwork> solutions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      solutions.add(PlainNetworks.network(seed + i, KEPT[i]));
    }
    return solutions;
  }

  private static SparseNetwork constant(float value, int kept) {
    SparseNetwork pattern = PlainNetworks.network(1, kept);
    Map<String, float[]> values = PlainNetworks.values(pattern.weights());
    values.values().forEach(array -> java.util.Arrays.fill(array, value));
    pattern
        .masks()
        .byName()
        .forEach((name, mask) -> mask.applyTo(values.getOrDefault(name, new float[0])));
    return new SparseNetwork(PlainNetworks.tensors(values), pattern.masks());
  }
}
