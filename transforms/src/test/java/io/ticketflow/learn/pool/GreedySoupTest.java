package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GreedySoupTest {
  @Property(tries = 60)
  void isThePaperRecipe(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int count) {
    List<TensorSet> candidates =
        IntStream.range(0, count)
            .mapToObj(i -> PlainNetworks.network(seed + i, 12).weights())
            .toList();
    assertRecipe(
        new GreedySoup(PlainNetworks.validator()).search(candidates::get, count),
        candidates,
        network ->
            PlainNetworks.accuracy(PlainNetworks.recalibrated(PlainNetworks.values(network))));
  }

  @Test
  void holdsForRealNetworksByRecalibrationAndValidation() {
    ModelGraph graph = Fixtures.convNet();
    DataSplits data = Fixtures.data(graph, 40, 30);
    EvaluationSpec evaluation = new EvaluationSpec(16, 16, 0, 15, true);
    List<TensorSet> candidates =
        IntStream.range(0, 5).mapToObj(i -> Fixtures.weights(graph, i)).toList();
    Validator validator =
        new ValidationSplit(graph, data, 0, evaluation, new TorchCalculator(Device.cpu()));
    GreedySoup.Recipe recipe = new GreedySoup(validator).search(candidates::get, 5);
    assertRecipe(
        recipe,
        candidates,
        network -> {
          TensorSet recalibrated =
              Recalibration.recalibrate(
                  graph, network, data, evaluation, new TorchCalculator(Device.cpu()));
          SplitScores validation =
              Evaluation.evaluate(
                      graph,
                      List.of(recalibrated),
                      data,
                      0,
                      evaluation,
                      new TorchCalculator(Device.cpu()))
                  .get(1);
          assertThat(validation.getSplit()).isEqualTo("validation");
          return validation.getAccuracy();
        });
    assertThat(recipe.lastAccuracy())
        .isGreaterThanOrEqualTo(
            candidates.stream()
                .mapToDouble(network -> validator.validate(network).accuracy())
                .average()
                .orElseThrow());
  }

  @Test
  void amongEqualsTheLowerNumberIsFirstAndEqualMeansAreAccepted() {
    Validator same = network -> new Validator.Validated(network, 0.5);
    GreedySoup.Recipe recipe =
        new GreedySoup(same).search(i -> PlainNetworks.network(i, 12).weights(), 3);
    assertThat(recipe.trials())
        .containsExactly(
            new TrialRecord(0, 0.0, 0.5, true),
            new TrialRecord(1, 0.5, 0.5, true),
            new TrialRecord(2, 2.0 / 3, 0.5, true));
    assertThat(recipe.members()).containsExactly(0, 1, 2);
  }

  @Test
  void noCandidatesAreRefused() {
    assertThatThrownBy(
            () -> new GreedySoup(PlainNetworks.validator()).search(i -> TensorSet.of(List.of()), 0))
        .hasMessage("there is no soup of no candidates");
  }

  private static void assertRecipe(
      GreedySoup.Recipe recipe, List<TensorSet> candidates, ToDoubleFunction<TensorSet> judge) {
    List<Integer> left = IntStream.range(0, candidates.size()).boxed().collect(Collectors.toList());
    TreeSet<Integer> soup = new TreeSet<>();
    List<TrialRecord> trials = new ArrayList<>();
    double bar = -1;
    double first = -1;
    while (!left.isEmpty()) {
      int next = left.get(0);
      for (int i : left) {
        if (judge.applyAsDouble(candidates.get(i)) > judge.applyAsDouble(candidates.get(next))) {
          next = i;
        }
      }
      left.remove(Integer.valueOf(next));
      TreeSet<Integer> tried = new TreeSet<>(soup);
      tried.add(next);
      double accuracy = judge.applyAsDouble(mean(candidates, tried));
      trials.add(
          new TrialRecord(
              next, (double) soup.size() / (soup.size() + 1), accuracy, accuracy >= bar));
      if (accuracy >= bar) {
        bar = accuracy;
        soup = tried;
      }
      first = first < 0 ? accuracy : first;
    }
    assertThat(recipe.members()).containsExactlyElementsOf(soup);
    assertThat(recipe.trials()).isEqualTo(trials);
    assertThat(recipe.firstAccuracy()).isEqualTo(first);
    assertThat(recipe.lastAccuracy()).isEqualTo(bar);
  }

  private static TensorSet mean(List<TensorSet> candidates, Set<Integer> members) {
    Map<String, Tensor> mean = new LinkedHashMap<>();
    for (Tensor tensor : candidates.get(0).tensors()) {
      float[] values = new float[tensor.values().length];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (int member : members) {
          sum += candidates.get(member).get(tensor.name()).values()[i];
        }
        values[i] = (float) (sum / members.size());
      }
      mean.put(tensor.name(), tensor.withValues(values));
    }
    return TensorSet.of(List.copyOf(mean.values()));
  }
}
