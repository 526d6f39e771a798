package io.ticketflow.learn.sparsify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.LookAheadSpec;
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
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instant Soup's masks, on a network of 30 + 15 prunable weights. */
class DenoisedPruningTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final Masks FULL = Fixtures.fullMasks(NET);
  private static final int EPOCHS = 3;

  @Test
  void cyclesGrowByTheIntervalAndTheLastEndsWhereTheSpanDoes() {
    // 60 steps, from ⌊0.1 · 60⌋ = 6 to ⌈0.8 · 60⌉ = 48: 6 + 3, + 6, + 9, + 12, where + 15 is past.
    assertThat(changes(0.1, 0.8, 3, 20)).containsExactly(9L, 15L, 24L, 36L, 48L);
    assertThat(changes(0, 1, 60, 20)).containsExactly(60L);
    // a tenth of an epoch of 20 steps, and of one of 4: at least a step
    assertThat(changes(0, 0.5, 0, 20)).containsExactly(2L, 6L, 12L, 20L, 30L);
    assertThat(changes(0, 1, 0, 4)).containsExactly(1L, 3L, 6L, 10L, 12L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      names = {"GLOBAL", "UNIFORM", "ERK"})
  void everyCycleTakesTheSameShareAndWithoutCopiesTheSmallest(Scope scope) {
    Sparsifier rule = Sparsifier.of(job(0.1, 0.8, 3, scope), 20);
    // 45 · (9/45)^(k/5): 32.6, 23.6, 17.1, 12.4
    long[] kept = {33, 24, 17, 12, 9};
    Masks masks = FULL;
    Masks denoised = FULL;
    int cycle = 0;
    boolean differs = false;
    for (long step : new long[] {9, 15, 24, 36, 48}) {
      TensorSet weights = Fixtures.weights(NET, step);
      List<TensorSet> ahead =
          List.of(Fixtures.weights(NET, step + 100), Fixtures.weights(NET, step + 200));
      Masks expected =
          NetworkPruning.prune(weights, masks, new MagnitudeRanking(), scope, kept[cycle]);
      masks = rule.change(step, masks, weights, DenoisedPruningTest::noGradient).masks();
      assertThat(masks).isEqualTo(expected);
      MaskChange change = rule.change(step, denoised, weights, ahead);
      assertThat(change.carried()).isEqualTo(change.masks());
      assertThat(change.masks().kept()).isEqualTo(kept[cycle++]);
      for (String layer : FULL.tensors()) {
        Mask united = of(change.masks(), layer);
        assertThat(united.isSubsetOf(of(denoised, layer))).isTrue();
        if (scope != Scope.GLOBAL) { // layers' counts come of their sizes alone
          assertThat(united.kept()).isEqualTo(of(masks, layer).kept());
        }
      }
      denoised = change.masks();
      differs |= !denoised.equals(masks);
    }
    assertThat(differs).isTrue();
  }

  private static Mask of(Masks masks, String layer) {
    return Objects.requireNonNull(masks.get(layer));
  }

  private static List<Long> changes(double begin, double end, int interval, int stepsPerEpoch) {
    Sparsifier rule = Sparsifier.of(job(begin, end, interval, Scope.GLOBAL), stepsPerEpoch);
    return LongStream.rangeClosed(0, (long) EPOCHS * stepsPerEpoch)
        .filter(step -> rule.when(step) == MaskTimes.When.BEFORE)
        .boxed()
        .toList();
  }

  private static TensorSet noGradient() {
    throw new AssertionError("the rule asked for a gradient");
  }

  private static TrainingJob job(double begin, double end, int interval, Scope scope) {
    SparsifierSpec sparsifier =
        new SparsifierSpec(
                Name.ISP, false, 1, begin, end, 1, interval, 0.5, Decay.COSINE, Grown.ZERO, 1)
            .with(new LookAheadSpec(2, 1, 1, 1));
    TrainingSpec training =
        new TrainingSpec(
            EPOCHS,
            0,
            0,
            10,
            0,
            0,
            Fixtures.sgd(0.9, false, 0),
            Fixtures.constant(0.1),
            SwaSpec.NONE,
            sparsifier);
    return new TrainingJob(
        NET,
        new ParticleTraining(training, 0, EPOCHS, RateSpec.SCHEDULE, 0, 0),
        0,
        Fixtures.weights(NET, 4),
        FULL,
        9,
        scope,
        Fixtures.plain(),
        new DrawKey(5, 1, 2));
  }
}
