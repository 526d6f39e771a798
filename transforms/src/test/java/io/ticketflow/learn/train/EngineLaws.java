package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.torch.Fixtures;
import io.ticketflow.math.Mask;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of training, which hold whatever engine computes the steps. */
abstract class EngineLaws {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final DataSplits DATA = Fixtures.data(NET, 70, 30);
  private static final int EPOCHS = 6;

  abstract EngineFactory engines();

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov", "adam"})
  void prunedWeightsAndTheirMomentsStayZero(String rule) {
    TrainingJob job = job(rule, SparsifierSpec.NONE, 0);
    List<Checkpoint> states = new ArrayList<>();
    TrainedNetwork trained = train(job, states, Optional.empty());
    float[] flags = FlatLayout.of(NET).flags(job.masks());
    assertZeroOutside(flags, FlatLayout.of(NET).flatten(trained.weights()));
    states.get(states.size() - 1).state().tensors().stream()
        .filter(tensor -> tensor.name().startsWith("optimiser moment"))
        .forEach(moment -> assertZeroOutside(flags, moment.values()));
  }

  @Test
  void theAverageIsTheMeanOfTheWeightsAtTheEndOfEachOfTheLastEpochs() {
    TrainingJob averaged = job("sgd", SparsifierSpec.NONE, 3);
    List<Checkpoint> states = new ArrayList<>();
    TensorSet mean = train(averaged, states, Optional.empty()).weights();
    // With the averaging's rate all along, the weights of the end are known without an average.
    List<float[]> samples = new ArrayList<>();
    for (Checkpoint state : states) {
      if (state.epoch() > EPOCHS - 3) {
        samples.add(FlatLayout.of(NET).flatten(state.state()));
      }
    }
    assertThat(samples).hasSize(2);
    float[] sum = FlatLayout.of(NET).flatten(mean);
    // 3 · mean − the two that are known is the third: the weights that the last epoch ends with.
    List<Checkpoint> other = new ArrayList<>();
    TrainingJob longer = job("sgd", SparsifierSpec.NONE, 3, EPOCHS, EPOCHS + 1);
    train(longer, other, Optional.of(states.get(states.size() - 1)));
    float[] last = FlatLayout.of(NET).flatten(other.get(0).state());
    for (int i = 0; i < sum.length; i++) {
      double expected = ((double) samples.get(0)[i] + samples.get(1)[i] + last[i]) / 3;
      assertThat((double) sum[i]).isCloseTo(expected, within(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STATIC,0,sgd",
    "STATIC,3,adam",
    "GMP,0,sgd",
    "GMP,3,adam",
    "SET,0,sgd",
    "RIGL,3,sgd",
    "RIGL,0,adam",
    "ACDC,0,sgd",
    "DPF,0,adam",
    "DPF,3,sgd"
  })
  void aTrainingThatGoesOnEndsWithTheSameBits(SparsifierSpec.Name name, int averaged, String rule) {
    TrainingJob job = job(rule, sparsifier(name), averaged);
    List<Checkpoint> states = new ArrayList<>();
    TrainedNetwork whole = train(job, states, Optional.empty());
    assertThat(states).hasSize(EPOCHS - 1);
    for (Checkpoint state : states) {
      TrainedNetwork resumed = train(job, new ArrayList<>(), Optional.of(state));
      assertSameBits(resumed.weights(), whole.weights());
      assertThat(resumed.masks()).isEqualTo(whole.masks());
      assertThat(resumed.epochs()).isEqualTo(whole.epochs());
      whole.latent().ifPresent(dense -> assertSameBits(resumed.latent().orElseThrow(), dense));
    }
  }

  @ParameterizedTest
  @CsvSource({"GMP", "SET", "RIGL", "ACDC", "DPF"})
  void aSparsifierEndsWithTheExactCountAndNothingOutsideIt(SparsifierSpec.Name name) {
    TrainingJob job = job("sgd", sparsifier(name), 0);
    TrainedNetwork trained = train(job, new ArrayList<>(), Optional.empty());
    assertThat(kept(trained.masks())).isEqualTo(job.kept());
    assertThat(trained.masks()).isNotEqualTo(job.masks());
    assertZeroOutside(
        FlatLayout.of(NET).flags(trained.masks()), FlatLayout.of(NET).flatten(trained.weights()));
    assertThat(trained.latent().isPresent()).isEqualTo(name == SparsifierSpec.Name.DPF);
  }

  @ParameterizedTest
  @CsvSource({"STATIC,sgd", "STATIC,nesterov", "STATIC,adam", "GMP,sgd", "RIGL,sgd", "DPF,sgd"})
  void goesTheOraclesWay(SparsifierSpec.Name name, String rule) {
    TrainingJob job = job(rule, sparsifier(name), 2);
    TrainedNetwork expected =
        new LoopTrainer(PlainEngine::new).train(job, DATA, EpochListener.NONE);
    TrainedNetwork trained = train(job, new ArrayList<>(), Optional.empty());
    assertThat(trained.masks()).isEqualTo(expected.masks());
    float[] theirs = FlatLayout.of(NET).flatten(expected.weights());
    float[] ours = FlatLayout.of(NET).flatten(trained.weights());
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo(theirs[i], offset(2e-3f));
    }
    for (int i = 0; i < EPOCHS; i++) {
      assertThat(trained.epochs().get(i).getTrainLoss())
          .isCloseTo(expected.epochs().get(i).getTrainLoss(), offset(1e-3));
      assertThat(trained.epochs().get(i).getValidationLoss())
          .isCloseTo(expected.epochs().get(i).getValidationLoss(), offset(1e-3));
    }
  }

  private TrainedNetwork train(
      TrainingJob job, List<Checkpoint> states, Optional<Checkpoint> from) {
    return new LoopTrainer(engines())
        .train(
            job,
            DATA,
            EpochListener.NONE,
            new Checkpoints() {
              @Override
              public Optional<Checkpoint> latest() {
                return from;
              }

              @Override
              public boolean isDue(int epoch) {
                return true;
              }

              @Override
              public void save(Checkpoint checkpoint) {
                states.add(checkpoint);
              }
            });
  }

  private static TrainingJob job(String rule, SparsifierSpec sparsifier, int averaged) {
    return job(rule, sparsifier, averaged, EPOCHS, EPOCHS);
  }

  private static TrainingJob job(
      String rule, SparsifierSpec sparsifier, int averaged, int schedule, int end) {
    OptimiserSpec optimiser =
        rule.equals("adam")
            ? Fixtures.adam(0.01)
            : Fixtures.sgd(0.9, rule.equals("nesterov"), 0.01);
    TrainingSpec spec =
        new TrainingSpec(
            Math.max(schedule, end),
            0,
            16,
            0.1,
            1,
            optimiser,
            Fixtures.constant(0.02),
            new SwaSpec(0.5, 0.02),
            sparsifier);
    boolean sparse = !sparsifier.isInside() || sparsifier.regrows();
    Map<String, Mask> masks = sparse ? Fixtures.masks(NET) : Fixtures.fullMasks(NET);
    return new TrainingJob(
        NET,
        new ParticleTraining(spec, 0, end, RateSpec.SCHEDULE, averaged),
        0,
        Fixtures.weights(NET, 4),
        masks,
        kept(Fixtures.masks(NET)),
        PruningSpec.Scope.GLOBAL,
        Fixtures.plain(),
        new DrawKey(9, 1, 2));
  }

  private static SparsifierSpec sparsifier(SparsifierSpec.Name name) {
    return name == SparsifierSpec.Name.STATIC
        ? SparsifierSpec.NONE
        : new SparsifierSpec(name, false, 1, 0.1, 0.9, 3, 0.5, 1);
  }

  private static long kept(Map<String, Mask> masks) {
    return masks.values().stream().mapToLong(Mask::kept).sum();
  }

  private static void assertZeroOutside(float[] flags, float[] values) {
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] == 0) {
        assertThat(values[i]).as("entry %d", i).isZero();
      }
    }
  }

  private static void assertSameBits(TensorSet ours, TensorSet theirs) {
    assertThat(FlatLayout.of(NET).flatten(ours)).isEqualTo(FlatLayout.of(NET).flatten(theirs));
  }

  private static Offset<Double> within(double value) {
    return offset(1e-6 * (1 + Math.abs(value)));
  }
}
