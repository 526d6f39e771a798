package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.math.Barrier;
import io.ticketflow.math.Shares;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.network.WeightDistance;
import io.ticketflow.schemas.PairRecord;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines between trained networks, and how networks differ. */
class NetworkScanTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final int HIDDEN = 5;
  private static final DataSplits DATA = Fixtures.data(NET, 120, 9);
  private static final VectorCalculator CALCULATOR = new VectorCalculator(1);
  private static final TensorSet TRAINED = trained();

  @Test
  void aNetworkAndItselfHaveNoBarrier() {
    assertThat(barrier(TRAINED, TRAINED)).isEqualTo(new Barrier(0, 0, 0));
  }

  /** The same function, whose halves do not fit together: hidden units in another order. */
  @Test
  void aPermutedCopyIsBehindALargeBarrier() {
    TensorSet copy = TRAINED.map(NetworkScanTest::permuted);
    List<SplitScores> line = line(TRAINED, copy);
    double loss = line.get(0).getLoss();
    assertThat(line.get(line.size() - 1).getLoss()).isCloseTo(loss, within(1e-6));
    assertThat(barrier(TRAINED, copy).overMax()).isGreaterThan(loss); // more than doubled
    double squares = 0;
    for (Tensor tensor : TRAINED.tensors()) {
      float[] moved = permuted(tensor).values();
      for (int i = 0; i < moved.length; i++) {
        squares += Math.pow((double) moved[i] - tensor.values()[i], 2);
      }
    }
    assertThat(WeightDistance.of(TRAINED, copy).euclidean())
        .isCloseTo(Math.sqrt(squares), within(1e-9));
  }

  /** Predictions of networks that always answer with one class, by the data's own labels. */
  @Test
  void pairsAreCountedByHand() {
    Images images = DATA.train();
    TensorSet zeros = TRAINED.map(tensor -> tensor.withValues(new float[tensor.values().length]));
    TensorSet ones = zeros.map(tensor -> constant(tensor, 1));
    List<PairRecord> pairs =
        Diversity.of(NET, List.of(zeros, ones, zeros), images, DATA, 50, CALCULATOR);
    long wrong0 = wrong(images, 0);
    long wrong1 = wrong(images, 1);
    long both = wrong0 + wrong1 - images.count(); // no label is both classes
    assertThat(pairs)
        .containsExactly(
            new PairRecord(0, 1, 120L, both, wrong0, wrong1, 1.0, 0.0),
            new PairRecord(0, 2, 0L, wrong0, wrong0, wrong0, 0.0, 0.0),
            new PairRecord(1, 2, 120L, both, wrong1, wrong0, 1.0, 0.0));
  }

  private static long wrong(Images images, int answer) {
    return Arrays.stream(images.labels()).filter(label -> label != answer).count();
  }

  /** The last layer's bias speaks for one class; equal logits mean the lowest one. */
  private static Tensor constant(Tensor tensor, int answer) {
    float[] values = tensor.values().clone();
    if (tensor.name().equals("fc2.bias")) {
      values[answer] = 1;
    }
    return tensor.withValues(values);
  }

  private static Barrier barrier(TensorSet a, TensorSet b) {
    return Barrier.of(line(a, b).stream().map(SplitScores::getLoss).toList());
  }

  private static List<SplitScores> line(TensorSet a, TensorSet b) {
    return NetworkScan.scan(
        NET,
        List.of(a, b),
        Shares.positions(5, 0).stream().map(Shares::onLine).toList(),
        MeasureSpec.Split.TRAIN,
        DATA,
        0,
        new EvaluationSpec(50, 50, 0, 15, false),
        CALCULATOR);
  }

  private static Tensor permuted(Tensor tensor) {
    float[] values = tensor.values().clone();
    int width =
        switch (tensor.name()) {
          case "fc1.weight" -> 6;
          case "fc1.bias" -> 1;
          default -> 0;
        };
    for (int i = 0; i < values.length; i++) {
      int from = i;
      if (width > 0) { // rows one further on
        from = (i + width) % values.length;
      } else if (tensor.name().equals("fc2.weight")) { // columns
        from = i / HIDDEN * HIDDEN + (i % HIDDEN + 1) % HIDDEN;
      }
      values[i] = tensor.values()[from];
    }
    return tensor.withValues(values);
  }

  private static TensorSet trained() {
    return CALCULATOR
        .trainer()
        .train(
            Fixtures.job(
                NET,
                Fixtures.training(60, 20, Fixtures.sgd(0.9, false, 0), Fixtures.constant(0.05)),
                Fixtures.fullMasks(NET)),
            DATA,
            EpochListener.NONE,
            Checkpoints.NONE)
        .weights();
  }
}
