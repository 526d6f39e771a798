package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.Mask;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.math.ScoreAccumulator;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SparsifierSpec.Decay;
import io.ticketflow.spec.SparsifierSpec.Grown;
import io.ticketflow.spec.SparsifierSpec.Name;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every sparsifier, on a network of 72 + 144 + 12 prunable weights. */
class SparsifierLawsTest {
  private static final ModelGraph NET = Fixtures.convNet();
  private static final DataSplits DATA = Fixtures.data(NET, 50, 20);
  private static final TorchTrainer TRAINER = new TorchTrainer(Device.cpu());
  private static final Map<String, Long> SIZES =
      Map.of("conv.weight", 72L, "again.weight", 144L, "fc.weight", 12L);
  private static final long KEPT = 61;

  @ParameterizedTest
  @CsvSource({
    "GMP,GLOBAL",
    "GMP,UNIFORM",
    "GMP,ERK",
    "SET,GLOBAL",
    "SET,UNIFORM",
    "SET,ERK",
    "RIGL,GLOBAL",
    "RIGL,UNIFORM",
    "RIGL,ERK",
    "ACDC,GLOBAL",
    "ACDC,UNIFORM",
    "ACDC,ERK",
    "DPF,GLOBAL",
    "DPF,UNIFORM",
    "DPF,ERK"
  })
  void endsAtTheExactCountOfItsScopeWithTheSameBitsEachTime(Name name, Scope scope) {
    TrainingJob job = job(name, scope, 4, Fixtures.sgd(0.9, false, 0.01));
    TrainedNetwork trained = TRAINER.train(job, DATA, EpochListener.NONE);
    assertThat(trained.masks().tensors()).isEqualTo(SIZES.keySet());
    assertThat(trained.masks().kept()).isEqualTo(KEPT);
    assertThat(trained.masks()).isNotEqualTo(job.masks());
    SIZES.forEach(
        (layer, size) -> {
          Mask mask = Objects.requireNonNull(trained.masks().get(layer));
          if (scope == Scope.UNIFORM) {
            assertThat((double) mask.kept()).isCloseTo(KEPT * size / 228.0, within(1.0));
          }
          if (scope == Scope.ERK) {
            // Sums of dimensions 12 (4 + 2 + 3 + 3), 14 and 7: 22.2, 25.9 and, as fc has only 12,
            // 12 and 49 · 12/26, 49 · 14/26.
            assertThat(mask.kept()).isEqualTo(size == 12 ? 12 : size == 72 ? 23 : 26);
          }
          if (name == Name.SET || name == Name.RIGL) {
            assertThat(mask.kept())
                .isEqualTo(Objects.requireNonNull(job.masks().get(layer)).kept());
          }
          assertZeroOutside(mask, trained.weights().get(layer).values());
        });
    assertThat(trained.latent().isPresent()).isEqualTo(name == Name.DPF);
    TrainedNetwork again = TRAINER.train(job, DATA, EpochListener.NONE);
    TorchTrainerTest.assertSameBits(again.weights(), trained.weights());
    assertThat(again.masks()).isEqualTo(trained.masks());
    assertThat(again.epochs()).isEqualTo(trained.epochs());
  }

  @ParameterizedTest
  @CsvSource({"GMP", "SET", "RIGL", "ACDC"})
  void prunedEntriesCarryNoMoments(Name name) {
    TrainingJob job = job(name, Scope.GLOBAL, 4, Fixtures.adam(0.01));
    List<float[]> moments = new ArrayList<>();
    TrainedNetwork trained = TorchTrainerTest.watched(moments).train(job, DATA, EpochListener.NONE);
    float[] flags = FlatLayout.of(NET).flags(trained.masks());
    assertThat(moments).isNotEmpty();
    for (float[] values : moments) {
      for (int i = 0; i < flags.length; i++) {
        if (flags[i] == 0) {
          assertThat(values[i]).isZero();
        }
      }
    }
  }

  @Test
  void aTensorWithoutAMaskStaysDense() {
    TrainingJob all = job(Name.GMP, Scope.GLOBAL, 3, Fixtures.sgd(0.9, false, 0));
    Masks some = new Masks(Map.of("again.weight", Mask.full(144)));
    TrainingJob job =
        Fixtures.job(
            NET,
            all.training(),
            all.training().sparsifier(),
            some,
            20,
            Scope.GLOBAL,
            Fixtures.augmented());
    TrainedNetwork trained = TRAINER.train(job, DATA, EpochListener.NONE);
    assertThat(trained.masks().tensors()).containsExactly("again.weight");
    assertThat(trained.masks().byName().values().iterator().next().kept()).isEqualTo(20);
    for (float weight : trained.weights().get("conv.weight").values()) {
      assertThat(weight).isNotZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"GMP", "SET", "RIGL", "ACDC", "DPF"})
  void aMeanOfEpochsIsPrunedByTheMaskOfTheEnd(Name name) {
    TrainingJob plain = job(name, Scope.GLOBAL, 6, Fixtures.sgd(0.9, false, 0.01));
    TrainingJob job =
        new TrainingJob(
            NET,
            new ParticleTraining(plain.training(), 0, 6, RateSpec.SCHEDULE, 5, 0),
            0,
            plain.start(),
            plain.masks(),
            KEPT,
            Scope.GLOBAL,
            plain.data(),
            plain.draws());
    TrainedNetwork trained = TRAINER.train(job, DATA, EpochListener.NONE);
    assertThat(trained.masks().kept()).isEqualTo(KEPT);
    trained
        .masks()
        .byName()
        .forEach((layer, mask) -> assertZeroOutside(mask, trained.weights().get(layer).values()));
  }

  @Test
  void theSparseNetworkIsTheDenseOneUnderTheMask() {
    TrainedNetwork trained =
        TRAINER.train(
            job(Name.DPF, Scope.GLOBAL, 4, Fixtures.sgd(0.9, false, 0.01)),
            DATA,
            EpochListener.NONE);
    TensorSet latent = trained.latent().orElseThrow();
    for (Tensor tensor : trained.weights().tensors()) {
      float[] expected = latent.get(tensor.name()).values().clone();
      if (tensor.role() == TensorRole.PRUNABLE) {
        assertThat(expected).doesNotContain(0f);
        Objects.requireNonNull(trained.masks().get(tensor.name())).applyTo(expected);
      }
      assertThat(tensor.values()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"GMP", "DPF"})
  void validationSeesTheNetworkThatIsDelivered(Name name) {
    TrainedNetwork trained =
        TRAINER.train(
            job(name, Scope.GLOBAL, 3, Fixtures.sgd(0.9, false, 0.01)), DATA, EpochListener.NONE);
    ScoreAccumulator scores = new ScoreAccumulator(Fixtures.CLASSES, 1, 0.1);
    int[] labels = DATA.validation().labels();
    try (TorchNetwork network =
            new TorchNetwork(NET, trained.weights(), Device.cpu(), OptionalDouble.empty());
        ImageFeed feed = new ImageFeed(DATA.validation(), DATA.mean(), DATA.std(), 20)) {
      LogitsPass.over(
          List.of(network),
          feed,
          new Batches(labels.length, 20, 1),
          (logits, from, to) ->
              scores.addLogits(logits.get(0), Arrays.copyOfRange(labels, from, to)));
    }
    assertThat(trained.epochs().get(2).getValidationLoss()).isEqualTo(scores.scores().loss());
  }

  @Test
  void samsSecondPassLeavesTheRunningStatisticsAlone() {
    OptimiserSpec sgd = Fixtures.sgd(0.9, false, 0);
    OptimiserSpec sam = Fixtures.optimiser("weightDecay: 0, samRadius: 0.5");
    TensorSet plain = oneStep(sgd);
    TensorSet climbed = oneStep(sam);
    for (String name : List.of("bn.running_mean", "bn.running_var")) {
      assertThat(climbed.get(name).values()).isEqualTo(plain.get(name).values());
    }
    assertThat(climbed.get("fc.weight").values()).isNotEqualTo(plain.get("fc.weight").values());
  }

  @Test
  void samWorksUnderMasksThatChange() {
    OptimiserSpec sam = Fixtures.optimiser("weightDecay: 0, samRadius: 0.1");
    for (Name name : List.of(Name.GMP, Name.RIGL, Name.DPF)) {
      TrainedNetwork trained =
          TRAINER.train(job(name, Scope.ERK, 4, sam), DATA, EpochListener.NONE);
      assertThat(trained.masks().kept()).isEqualTo(KEPT);
      assertThat(trained.images()).isEqualTo(2 * 4 * 50);
    }
  }

  @Test
  void weightsThatAreNoNumbersEndTheTrainingWhereTheyAreRanked() {
    TensorSet start =
        TensorSet.of(
            Fixtures.weights(NET, 4).tensors().stream()
                .map(
                    tensor -> {
                      float[] values = tensor.values().clone();
                      values[0] = tensor.name().equals("fc.weight") ? Float.NaN : values[0];
                      return tensor.withValues(values);
                    })
                .toList());
    TrainingJob plain = job(Name.ACDC, Scope.GLOBAL, 1, Fixtures.sgd(0.9, false, 0));
    TrainingJob job =
        new TrainingJob(
            NET,
            plain.plan(),
            0,
            start,
            plain.masks(),
            KEPT,
            Scope.GLOBAL,
            plain.data(),
            plain.draws());
    assertThatThrownBy(() -> TRAINER.train(job, DATA, EpochListener.NONE))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("a weight became infinite or NaN in epoch 1");
  }

  private static TensorSet oneStep(OptimiserSpec optimiser) {
    return TRAINER
        .train(
            Fixtures.job(
                NET, Fixtures.training(1, 50, optimiser, Fixtures.constant(0.1)), Masks.NONE),
            DATA,
            EpochListener.NONE)
        .weights();
  }

  /** Seven steps of eight images an epoch; validated every epoch. */
  private static TrainingJob job(Name name, Scope scope, int epochs, OptimiserSpec optimiser) {
    SparsifierSpec sparsifier =
        new SparsifierSpec(name, false, 1, 0, 0.8, 0.8, 3, 0.5, Decay.COSINE, Grown.ZERO, 1);
    Masks full = Fixtures.fullMasks(NET);
    TrainingSpec training =
        new TrainingSpec(
            epochs,
            0,
            0,
            8,
            0.1,
            1,
            optimiser,
            Fixtures.constant(0.05),
            new SwaSpec(0.5, 0.02, SwaSpec.Anneal.NONE, false),
            sparsifier);
    return Fixtures.job(
        NET,
        training,
        sparsifier,
        sparsifier.regrows()
            ? NetworkPruning.prune(
                Fixtures.weights(NET, 4), full, new RandomRanking(3), scope, KEPT)
            : full,
        KEPT,
        scope,
        Fixtures.augmented());
  }

  private static void assertZeroOutside(Mask mask, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!mask.keeps(i)) {
        assertThat(Float.floatToRawIntBits(values[i])).as("entry %d is +0", i).isZero();
      }
    }
  }
}
