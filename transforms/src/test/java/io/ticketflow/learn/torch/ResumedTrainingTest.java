package io.ticketflow.learn.torch;

import static io.ticketflow.testing.Fixtures.adam;
import static io.ticketflow.testing.Fixtures.augmented;
import static io.ticketflow.testing.Fixtures.constant;
import static io.ticketflow.testing.Fixtures.convNet;
import static io.ticketflow.testing.Fixtures.data;
import static io.ticketflow.testing.Fixtures.masks;
import static io.ticketflow.testing.Fixtures.sgd;
import static io.ticketflow.testing.Fixtures.training;
import static io.ticketflow.testing.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.network.Masks;
import io.ticketflow.spec.LookAheadSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SparsifierSpec.Decay;
import io.ticketflow.spec.SparsifierSpec.Grown;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.store.CheckpointStore;
import io.ticketflow.store.LocalBlobs;
import io.ticketflow.testing.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    TrainedNetwork resumed = stopAndGoOn(job(spec, swa));
    assertThat(resumed.masks()).isEqualTo(masks(NET));
  }

  /**
   * The same where masks change: a resumed training must know them, and what it has not updated.
   */
  @ParameterizedTest
  @CsvSource({
    "GMP,false,sgd",
    "GMP,true,adam",
    "SET,false,sgd",
    "RIGL,true,sgd",
    "RIGL,false,adam",
    "ACDC,false,sgd",
    "ACDC,true,adam",
    "DPF,false,adam",
    "DPF,true,sgd",
    "ISP,false,adam",
    "ISP,true,sgd"
  })
  void evolvingMasksEndWithTheSameBits(SparsifierSpec.Name name, boolean swa, String rule) {
    OptimiserSpec optimiser = rule.equals("adam") ? adam(0.01) : sgd(0.9, true, 0.01);
    SparsifierSpec sparsifier =
        new SparsifierSpec(name, false, 1, 0.1, 0.9, 0.9, 3, 0.5, Decay.COSINE, Grown.ZERO, 1)
            .with(new LookAheadSpec(2, 1, 5, 2));
    Masks masks = sparsifier.regrows() ? masks(NET) : Fixtures.fullMasks(NET);
    long kept = masks(NET).kept();
    TrainingSpec spec =
        new TrainingSpec(
            7,
            0,
            0,
            16,
            0.1,
            0,
            optimiser,
            constant(0.05),
            new SwaSpec(0.5, 0.02, SwaSpec.Anneal.NONE, false),
            sparsifier);
    TrainingJob job =
        new TrainingJob(
            NET,
            new ParticleTraining(spec, 1, 7, RateSpec.SCHEDULE, swa ? 3 : 0, 0),
            0,
            weights(NET, 4),
            masks,
            kept,
            PruningSpec.Scope.GLOBAL,
            augmented(),
            new DrawKey(9, 1, 2));
    TrainedNetwork resumed = stopAndGoOn(job);
    assertThat(resumed.masks().kept()).isEqualTo(kept);
    assertThat(resumed.masks()).isNotEqualTo(masks);
    assertThat(resumed.latent().isPresent()).isEqualTo(name == SparsifierSpec.Name.DPF);
  }

  /** Likewise the spread of what is averaged, by which a later member of a run is moved. */
  @Test
  void aSpreadEndsWithTheSameBits() {
    TrainingSpec spec = training(7, 16, sgd(0.9, false, 0.01), constant(0.05));
    TrainingJob job =
        new TrainingJob(
            NET,
            new ParticleTraining(spec, 1, 7, RateSpec.SCHEDULE, 4, 0, true),
            0,
            weights(NET, 4),
            masks(NET),
            0,
            PruningSpec.Scope.GLOBAL,
            augmented(),
            new DrawKey(9, 1, 2));
    assertThat(stopAndGoOn(job).latent()).isPresent();
  }

  private TrainedNetwork stopAndGoOn(TrainingJob job) {
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
    assertThat(resumed.masks()).isEqualTo(whole.masks());
    assertThat(resumed.latent().isPresent()).isEqualTo(whole.latent().isPresent());
    whole
        .latent()
        .ifPresent(
            latent -> TorchTrainerTest.assertSameBits(resumed.latent().orElseThrow(), latent));
    assertThat(resumed.epochs()).isEqualTo(whole.epochs());
    assertThat(resumed.images()).isEqualTo(whole.images());
    return resumed;
  }

  @Test
  void aStateOfAnotherTrainingIsNotUsed() {
    CheckpointStore store = new CheckpointStore(new LocalBlobs(folder));
    TrainingSpec spec = training(7, 16, sgd(0.9, false, 0.01), constant(0.05));
    stopped(job(spec, false), new StopAfter(store, 4));
    TrainingJob later =
        Fixtures.job(
            NET, spec, weights(NET, 4), Masks.NONE, 2, 7, 0, augmented(), new DrawKey(9, 1, 2));
    TrainedNetwork whole = TRAINER.train(later, DATA, EpochListener.NONE);
    TrainedNetwork other = TRAINER.train(later, DATA, EpochListener.NONE, new StopAfter(store, 0));
    TorchTrainerTest.assertSameBits(other.weights(), whole.weights());
    assertThat(other.epochs()).hasSize(5);
  }

  private static TrainingJob job(TrainingSpec spec, boolean swa) {
    return Fixtures.job(
        NET,
        spec,
        weights(NET, 4),
        masks(NET),
        1,
        7,
        swa ? spec.swa().epochsOf(7 - 1) : 0,
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
