package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.job.TrainingJob.Before;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
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
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of training, which hold whatever engine computes the steps. */
abstract class EngineLaws {
  static final ModelGraph NET = Fixtures.mlp();
  static final DataSplits DATA = Fixtures.data(NET, 70, 30);
  static final int EPOCHS = 6;

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

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov", "adam"})
  void aStepAtTheRateZeroMovesNoWeight(String rule) {
    TrainingJob job = job(rule, SparsifierSpec.NONE, 0);
    EngineFactory.Start start =
        new EngineFactory.Start(job.masks().applyTo(job.start()), List.of(), job.masks(), 0);
    try (Engine engine = engines().open(job, DATA, start)) {
      float[] before = engine.moved();
      engine.step(new Engine.Batch(new int[] {3, 1, 4}, 0, 3, Optional.empty()), 0);
      assertThat(engine.moved()).isEqualTo(before);
      engine.step(new Engine.Batch(new int[] {3, 1, 4}, 0, 3, Optional.empty()), 0.01);
      assertThat(engine.moved()).isNotEqualTo(before);
    }
  }

  @Test
  void theAverageIsTheMeanOfTheWeightsAtTheEndOfEachOfTheLastEpochs() {
    TrainingJob averaged = job("sgd", SparsifierSpec.NONE, 3);
    List<Checkpoint> states = new ArrayList<>();
    TensorSet mean = train(averaged, states, Optional.empty()).weights();
    // The weights at the end of epochs 4 and 5 are in their states; those of epoch 6, the last, are
    // in a state of the same training with one epoch more.
    List<float[]> samples = new ArrayList<>();
    for (Checkpoint state : states) {
      if (state.epoch() > EPOCHS - 3) {
        samples.add(FlatLayout.of(NET).flatten(state.state()));
      }
    }
    assertThat(samples).hasSize(2);
    float[] sum = FlatLayout.of(NET).flatten(mean);
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
    "DPF,3,sgd",
    "ISP,0,adam",
    "ISP,3,sgd"
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
      assertThat(resumed.images()).isEqualTo(whole.images());
      whole.latent().ifPresent(dense -> assertSameBits(resumed.latent().orElseThrow(), dense));
    }
  }

  /** Nothing else of a segment goes over into the next one: its network and its moments do. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void segmentsThatGoOnAreTheTrainingInOnePiece(String rule) {
    TrainedNetwork whole = train(job(rule, SparsifierSpec.NONE, 0), new ArrayList<>());
    TrainedNetwork first = train(job(rule, SparsifierSpec.NONE, 0, EPOCHS, 2), new ArrayList<>());
    Optional<Before> before = Optional.of(new Before(2, first.moments().orElseThrow()));
    TrainingJob rest = segment(job(rule, SparsifierSpec.NONE, 0), first.weights(), before);
    List<Checkpoint> states = new ArrayList<>();
    assertSameBits(train(rest, states).weights(), whole.weights());
    Optional<Checkpoint> stopped = Optional.of(states.get(1));
    assertSameBits(train(rest, new ArrayList<>(), stopped).weights(), whole.weights());
    TrainingJob afresh =
        segment(job(rule, SparsifierSpec.NONE, 0), first.weights(), Optional.empty());
    assertThat(FlatLayout.of(NET).flatten(train(afresh, new ArrayList<>()).weights()))
        .isNotEqualTo(FlatLayout.of(NET).flatten(whole.weights()));
  }

  private static TrainingJob segment(TrainingJob whole, TensorSet start, Optional<Before> before) {
    return new TrainingJob(
        NET,
        new ParticleTraining(whole.training(), 2, EPOCHS, RateSpec.SCHEDULE, 0, 0),
        0,
        start,
        whole.masks(),
        whole.kept(),
        whole.scope(),
        whole.data(),
        whole.draws(),
        before);
  }

  @ParameterizedTest
  @CsvSource({"GMP", "SET", "RIGL", "ACDC", "DPF", "ISP"})
  void aSparsifierEndsWithTheExactCountAndNothingOutsideIt(SparsifierSpec.Name name) {
    TrainingJob job = job("sgd", sparsifier(name), 0);
    TrainedNetwork trained = train(job, new ArrayList<>(), Optional.empty());
    assertThat(kept(trained.masks())).isEqualTo(job.kept());
    assertThat(trained.masks()).isNotEqualTo(job.masks());
    assertZeroOutside(
        FlatLayout.of(NET).flags(trained.masks()), FlatLayout.of(NET).flatten(trained.weights()));
    assertThat(trained.latent().isPresent()).isEqualTo(name == SparsifierSpec.Name.DPF);
  }

  private TrainedNetwork train(TrainingJob job, List<Checkpoint> states) {
    return train(job, states, Optional.empty());
  }

  final TrainedNetwork train(TrainingJob job, List<Checkpoint> states, Optional<Checkpoint> from) {
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

  static TrainingJob job(String rule, SparsifierSpec sparsifier, int averaged) {
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
            0,
            16,
            0.1,
            1,
            optimiser,
            Fixtures.constant(0.02),
            new SwaSpec(0.5, 0.02, SwaSpec.Anneal.NONE, false),
            sparsifier);
    boolean sparse = !sparsifier.isInside() || sparsifier.regrows();
    Masks masks = sparse ? Fixtures.masks(NET) : Fixtures.fullMasks(NET);
    return new TrainingJob(
        NET,
        new ParticleTraining(spec, 0, end, RateSpec.SCHEDULE, averaged, 0),
        0,
        Fixtures.weights(NET, 4),
        masks,
        kept(Fixtures.masks(NET)),
        PruningSpec.Scope.GLOBAL,
        Fixtures.plain(),
        new DrawKey(9, 1, 2));
  }

  static SparsifierSpec sparsifier(SparsifierSpec.Name name) {
    return name == SparsifierSpec.Name.STATIC
        ? SparsifierSpec.NONE
        : new SparsifierSpec(name, false, 1, 0.1, 0.9, 0.9, 3, 0.5, Decay.COSINE, Grown.ZERO, 1)
            .with(new LookAheadSpec(2, 1, 7, 2));
  }

  private static long kept(Masks masks) {
    return masks.kept();
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
