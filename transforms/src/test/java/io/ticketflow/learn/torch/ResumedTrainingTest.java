package io.ticketflow.learn.torch;

import static io.ticketflow.learn.torch.Fixtures.adam;
import static io.ticketflow.learn.torch.Fixtures.augmented;
import static io.ticketflow.learn.torch.Fixtures.constant;
import static io.ticketflow.learn.torch.Fixtures.convNet;
import static io.ticketflow.learn.torch.Fixtures.data;
import static io.ticketflow.learn.torch.Fixtures.masks;
import static io.ticketflow.learn.torch.Fixtures.sgd;
import static io.ticketflow.learn.torch.Fixtures.training;
import static io.ticketflow.learn.torch.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.DrawKey;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.store.CheckpointStore;
import io.ticketflow.store.LocalBlobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumedTrainingTest {
  private static final ModelGraph NET = convNet();
  private static final DataSplits DATA = data(NET, 50, 20);
  private static final TorchTrainer TRAINER = new TorchTrainer(Device.cpu());
  private static final String KEY = "ab".repeat(32);

  @TempDir Path folder;

  /** Each training stops at every one of its epochs and goes on from what is on the disk. */
  @ParameterizedTest
  @CsvSource({"sgd,false", "nesterov,true", "adam,false", "plain,true"})
  void endsWithTheBitsOfOneThatNeverStopped(String rule, boolean swa) {
    OptimiserSpec optimiser =
        switch (rule) {
          case "sgd" -> sgd(0.9, false, 0.01);
          case "nesterov" -> sgd(0.9, true, 0.01);
          case "plain" -> sgd(0, false, 0.01);
          default -> adam(0.01);
        };
    TrainingSpec spec = training(7, 16, optimiser, constant(0.05));
    TrainingJob job = job(spec, swa);
    TrainedNetwork whole = TRAINER.train(job, DATA, EpochListener.NONE);
    CheckpointStore store = new CheckpointStore(new LocalBlobs(folder));
    for (int last = 2; last < 7; last++) {
      StopAfter stop = new StopAfter(store, last);
      assertThat(stopped(job, stop)).isEqualTo(last);
    }
    List<Integer> heard = new ArrayList<>();
    TrainedNetwork resumed =
        TRAINER.train(
            job, DATA, (point, rate) -> heard.add(point.getEpoch()), new StopAfter(store, 0));
    assertThat(heard).containsExactly(7);
    TorchTrainerTest.assertSameBits(resumed.weights(), whole.weights());
    assertThat(resumed.epochs()).isEqualTo(whole.epochs());
    assertThat(resumed.images()).isEqualTo(whole.images());
  }

  @Test
  void aStateOfAnotherTrainingIsNotUsed() {
    CheckpointStore store = new CheckpointStore(new LocalBlobs(folder));
    TrainingSpec spec = training(7, 16, sgd(0.9, false, 0.01), constant(0.05));
    stopped(job(spec, false), new StopAfter(store, 4));
    TrainingJob later =
        new TrainingJob(
            NET,
            spec,
            weights(NET, 4),
            Map.of(),
            2,
            7,
            false,
            false,
            augmented(),
            new DrawKey(9, 1, 2));
    TrainedNetwork whole = TRAINER.train(later, DATA, EpochListener.NONE);
    TrainedNetwork other = TRAINER.train(later, DATA, EpochListener.NONE, new StopAfter(store, 0));
    TorchTrainerTest.assertSameBits(other.weights(), whole.weights());
    assertThat(other.epochs()).hasSize(5);
  }

  /** The sum of the weights is kept in three floats a weight, from which the double comes back. */
  @Test
  void aSumOfWeightsSurvivesItsPartsExactly() {
    float[][] samples = {
      {1f, 1e-38f, Float.MIN_VALUE, -3.4e38f, 0.1f, -0f},
      {1e-7f, 1e-3f, Float.MIN_VALUE, 3.3e38f, 1e10f, -0f},
      {3e-9f, -7f, 1e-30f, 1f, -1e-12f, -0f}
    };
    WeightAverage whole = new WeightAverage(6);
    WeightAverage split = new WeightAverage(6);
    for (float[] sample : samples) {
      whole.add(sample);
      split.add(sample);
      split = new WeightAverage(split.parts(), split.samples());
    }
    assertThat(split.mean()).isEqualTo(whole.mean());
    double sum = 0;
    for (float[] sample : samples) {
      sum += sample[4];
    }
    assertThat(split.parts().stream().mapToDouble(part -> part[4]).sum()).isEqualTo(sum);
  }

  private static TrainingJob job(TrainingSpec spec, boolean swa) {
    return new TrainingJob(
        NET,
        spec,
        weights(NET, 4),
        masks(NET),
        1,
        7,
        false,
        swa,
        augmented(),
        new DrawKey(9, 1, 2));
  }

  /** The epoch at which the worker died. */
  private static int stopped(TrainingJob job, StopAfter stop) {
    try {
      TRAINER.train(job, DATA, EpochListener.NONE, stop);
      throw new AssertionError("the training came to its end");
    } catch (DeadWorker e) {
      return e.epoch;
    }
  }

  private record StopAfter(CheckpointStore store, int last) implements Checkpoints {
    @Override
    public Optional<Checkpoint> latest() {
      return store.latest(KEY);
    }

    @Override
    public boolean isDue(int epoch) {
      return true;
    }

    @Override
    public void save(Checkpoint checkpoint) {
      store.save(KEY, checkpoint);
      if (checkpoint.epoch() == last) {
        throw new DeadWorker(last);
      }
    }
  }

  private static final class DeadWorker extends RuntimeException {
    private final int epoch;

    DeadWorker(int epoch) {
      this.epoch = epoch;
    }
  }
}
