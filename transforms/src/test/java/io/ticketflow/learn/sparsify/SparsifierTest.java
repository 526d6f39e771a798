package io.ticketflow.learn.sparsify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When masks change and to what, on a network of 30 + 15 prunable weights. */
class SparsifierTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final Masks FULL =
      new Masks(Map.of("fc1.weight", Mask.full(30), "fc2.weight", Mask.full(15)));
  private static final Masks THIRDS = Fixtures.masks(NET);
  private static final int STEPS_PER_EPOCH = 3;

  @ParameterizedTest
  @EnumSource(
      value = Name.class,
      names = {"GMP", "DPF"})
  void rampedMasksChangeFromBeginToEndAndExactlyAtTheEnd(Name name) {
    // 30 steps: from ⌊0.15 · 30⌋ = 4 to ⌈0.79 · 30⌉ = 24.
    Sparsifier rule = Sparsifier.of(job(name, 0.15, 0.79, 5, FULL, 9), STEPS_PER_EPOCH);
    assertThat(changes(rule, 30)).containsExactly(9L, 14L, 19L, 24L);
    assertThat(changes(rule, 30)).allMatch(t -> rule.when(t) == Sparsifier.When.BEFORE);
    Sparsifier whole = Sparsifier.of(job(name, 0, 1, 100, FULL, 9), STEPS_PER_EPOCH);
    assertThat(changes(whole, 30)).containsExactly(30L);
  }

  @Test
  void gradualPruningFollowsTheRampAndNeverGivesBack() {
    Sparsifier rule = Sparsifier.of(job(Name.GMP, 0.1, 0.8, 5, FULL, 9), STEPS_PER_EPOCH);
    Masks masks = FULL;
    for (long step : changes(rule, 30)) {
      // Other weights at each step, so that a mask made anew would be no subset.
      TensorSet weights = Fixtures.weights(NET, step);
      MaskChange change = rule.change(step, masks, weights, SparsifierTest::noGradient);
      double left = 1 - (step - 3) / 21.0;
      long due = Math.round(9 + 36 * left * left * left);
      assertThat(change.masks().kept()).isEqualTo(due);
      for (String name : FULL.byName().keySet()) {
        assertThat(of(change.masks(), name).isSubsetOf(of(masks, name))).isTrue();
      }
      assertLargestOf(masks, change.masks(), weights);
      assertThat(change.carried()).isEqualTo(change.masks());
      masks = change.masks();
    }
    assertThat(masks.kept()).isEqualTo(9);
  }

  @Test
  void feedbackMakesEachMaskOfAllWeightsAnew() {
    Sparsifier rule = Sparsifier.of(job(Name.DPF, 0.1, 0.8, 5, FULL, 9), STEPS_PER_EPOCH);
    Masks masks = FULL;
    boolean cameBack = false;
    for (long step : changes(rule, 30)) {
      TensorSet weights = Fixtures.weights(NET, step);
      Masks next = rule.change(step, masks, weights, SparsifierTest::noGradient).masks();
      assertLargestOf(FULL, next, weights);
      cameBack |= !of(next, "fc1.weight").isSubsetOf(of(masks, "fc1.weight"));
      masks = next;
    }
    assertThat(cameBack).isTrue();
    assertThat(masks.kept()).isEqualTo(9);
  }

  @Test
  void regrowingChangesAtMultiplesOfTheInterval() {
    Sparsifier set = Sparsifier.of(job(Name.SET, 0, 0.8, 5, THIRDS, 30), STEPS_PER_EPOCH);
    assertThat(changes(set, 30)).containsExactly(5L, 10L, 15L, 20L);
    assertThat(set.when(5)).isEqualTo(Sparsifier.When.BEFORE);
    Sparsifier rigl = Sparsifier.of(job(Name.RIGL, 0.3, 1, 5, THIRDS, 30), STEPS_PER_EPOCH);
    assertThat(changes(rigl, 30)).containsExactly(10L, 15L, 20L, 25L);
    assertThat(rigl.when(10)).isEqualTo(Sparsifier.When.INSTEAD);
  }

  @ParameterizedTest
  @EnumSource(
      value = Name.class,
      names = {"SET", "RIGL"})
  void regrowingDropsTheSmallestAndGrowsAsManyPerLayer(Name name) {
    Sparsifier rule = Sparsifier.of(job(name, 0, 0.8, 5, THIRDS, 30), STEPS_PER_EPOCH);
    TensorSet weights = Fixtures.weights(NET, 11);
    TensorSet gradient = Fixtures.weights(NET, 12);
    for (long step : new long[] {5, 20}) {
      MaskChange change = rule.change(step, THIRDS, weights, () -> gradient);
      for (String layer : THIRDS.byName().keySet()) {
        Mask before = of(THIRDS, layer);
        double fraction = 0.5 / 2 * (1 + Math.cos(Math.PI * step / 24));
        int count = (int) Math.round(fraction * before.kept());
        float[] w = weights.get(layer).values();
        List<Integer> kept = entries(before);
        kept.sort(Comparator.comparing(i -> -Math.abs(w[i])));
        List<Integer> survivors = new ArrayList<>(kept.subList(0, kept.size() - count));
        List<Integer> others =
            new ArrayList<>(
                IntStream.range(0, w.length).boxed().filter(i -> !survivors.contains(i)).toList());
        if (name == Name.RIGL) {
          float[] g = gradient.get(layer).values();
          others.sort(Comparator.comparing(i -> -Math.abs(g[i])));
        } else {
          KeyedRandom draws = KeyedRandom.of(5, "cycle", 1, "particle", 2, "grow", step, layer);
          long[] keys = LongStream.range(0, w.length).map(i -> draws.nextLong() >>> 33).toArray();
          others.sort(Comparator.comparing(i -> -keys[i]));
        }
        assertThat(entries(of(change.carried(), layer)))
            .containsExactlyInAnyOrderElementsOf(survivors);
        survivors.addAll(others.subList(0, count));
        assertThat(entries(of(change.masks(), layer)))
            .containsExactlyInAnyOrderElementsOf(survivors);
        assertThat(of(change.masks(), layer).kept()).isEqualTo(before.kept());
      }
    }
  }

  /** Mocanu's own SET: as many after every epoch but the last, begun as first weights are. */
  @Test
  void aConstantShareIsExchangedEveryEpochAndDrawnAnew() {
    SparsifierSpec mocanus =
        new SparsifierSpec(Name.SET, false, 1, 0, 1, 1, 0, 0.5, Decay.CONSTANT, Grown.HE, 2);
    Sparsifier rule = Sparsifier.of(job(mocanus, 5, THIRDS, 30), STEPS_PER_EPOCH);
    long epoch = STEPS_PER_EPOCH;
    assertThat(changes(rule, 5 * epoch)).containsExactly(epoch, 2 * epoch, 3 * epoch, 4 * epoch);
    TensorSet weights = Fixtures.weights(NET, 11);
    long step = 4 * epoch;
    MaskChange change = rule.change(step, THIRDS, weights, SparsifierTest::noGradient);
    TensorSet grown = change.grown().orElseThrow();
    for (String layer : THIRDS.byName().keySet()) {
      long kept = of(THIRDS, layer).kept();
      assertThat(of(change.carried(), layer).kept()).isEqualTo(kept - Math.round(0.5 * kept));
      KeyedRandom draws = KeyedRandom.of(5, "cycle", 1, "particle", 2, "grown", step, layer);
      List<Long> shape = weights.get(layer).shape();
      float[] values = grown.get(layer).values();
      for (int i = 0; i < values.length; i++) {
        // two axes: fan-in is the second one
        float drawn = (float) (Math.sqrt(2.0 / shape.get(1)) * draws.nextGaussian());
        boolean grows = of(change.masks(), layer).keeps(i) && !of(change.carried(), layer).keeps(i);
        assertThat(values[i]).isEqualTo(grows ? drawn : 0f);
      }
    }
  }

  @Test
  void acdcAlternatesBetweenItsDenseStartAndItsSparseEnd() {
    // The paper's: 10 dense, four times 20 sparse and 20 dense, 30 sparse; 20 are a tenth.
    String papers = "d".repeat(10) + ("s".repeat(20) + "d".repeat(20)).repeat(4) + "s".repeat(30);
    assertThat(phases(200, 0.05, 0.85, 20)).isEqualTo(papers);
    assertThat(phases(200, 0.05, 0.85, 0)).isEqualTo(papers);
    // Epochs 2 3 sparse, then dense until 9: a second pair does not fit, and no phase is cut.
    assertThat(phases(10, 0.2, 0.85, 2)).isEqualTo("ddssddddds");
    assertThat(phases(10, 0.2, 0.75, 2)).isEqualTo("ddssddddss");
    assertThat(phases(10, 0, 1, 3)).isEqualTo("sssdddddds");
    assertThat(phases(7, 0, 1, 1)).isEqualTo("sdsdsds");
    assertThat(phases(6, 0, 1, 1)).isEqualTo("sdsdds");
    // It begins dense though a twentieth of 10 epochs is less than one.
    assertThat(phases(10, 0.05, 0.85, 0)).isEqualTo("dsdsdsdsds");
    assertThat(phases(1, 0.9, 1, 5)).isEqualTo("s");
    assertThat(phases(4, 0.99, 1, 5)).isEqualTo("ddds");
  }

  @Test
  void acdcsSparsePhasesKeepTheLargestOfTheirFirstMoment() {
    Sparsifier rule = Sparsifier.of(job(Name.ACDC, 0.2, 0.9, 1, FULL, 9), STEPS_PER_EPOCH);
    TensorSet weights = Fixtures.weights(NET, 3);
    Masks sparse = rule.change(6, FULL, weights, SparsifierTest::noGradient).masks();
    assertLargestOf(FULL, sparse, weights);
    assertThat(sparse.kept()).isEqualTo(9);
  }

  @Test
  void refusesMasksThatCannotEndAtTheCount() {
    assertThatThrownBy(() -> Sparsifier.of(job(Name.RIGL, 0, 1, 5, THIRDS, 9), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RIGL cannot lead masks of 30 entries to 9");
    assertThatThrownBy(() -> Sparsifier.of(job(Name.GMP, 0, 1, 5, THIRDS, 31), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertLargestOf(Masks eligible, Masks masks, TensorSet weights) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = 0;
    for (String name : eligible.byName().keySet()) {
      float[] w = weights.get(name).values();
      for (int i = 0; i < w.length; i++) {
        if (of(masks, name).keeps(i)) {
          least = Math.min(least, Math.abs(w[i]));
        } else if (of(eligible, name).keeps(i)) {
          greatest = Math.max(greatest, Math.abs(w[i]));
        }
      }
    }
    assertThat(least).isGreaterThanOrEqualTo(greatest);
  }

  /** A letter an epoch; also checks that masks change at the first step of a phase only. */
  private static String phases(int epochs, double begin, double end, int length) {
    TrainingJob job =
        job(
            new SparsifierSpec(
                Name.ACDC, false, 1, begin, end, end, 1, 0.5, Decay.COSINE, Grown.ZERO, length),
            epochs,
            FULL,
            9);
    Sparsifier rule = Sparsifier.of(job, STEPS_PER_EPOCH);
    StringBuilder phases = new StringBuilder();
    Masks masks = FULL;
    for (long step = 0; step <= (long) epochs * STEPS_PER_EPOCH; step++) {
      if (rule.when(step) != Sparsifier.When.NEVER) {
        assertThat(step % STEPS_PER_EPOCH).isZero();
        assertThat(step).isLessThan((long) epochs * STEPS_PER_EPOCH);
        masks =
            rule.change(step, masks, Fixtures.weights(NET, step), SparsifierTest::noGradient)
                .masks();
      }
      if (step % STEPS_PER_EPOCH == STEPS_PER_EPOCH - 1) {
        phases.append(masks.kept() == 45 ? 'd' : masks.kept() == 9 ? 's' : '?');
      }
    }
    return phases.toString();
  }

  private static List<Long> changes(Sparsifier rule, long steps) {
    return LongStream.rangeClosed(0, steps)
        .filter(step -> rule.when(step) != Sparsifier.When.NEVER)
        .boxed()
        .toList();
  }

  private static TensorSet noGradient() {
    throw new AssertionError("the rule asked for a gradient");
  }

  private static Mask of(Masks masks, String name) {
    return Objects.requireNonNull(masks.get(name));
  }

  private static List<Integer> entries(Mask mask) {
    return new ArrayList<>(IntStream.range(0, mask.size()).filter(mask::keeps).boxed().toList());
  }

  private static TrainingJob job(
      Name name, double begin, double end, int interval, Masks masks, long kept) {
    return job(
        new SparsifierSpec(
            name, false, 1, begin, end, end, interval, 0.5, Decay.COSINE, Grown.ZERO, 2),
        10,
        masks,
        kept);
  }

  private static TrainingJob job(SparsifierSpec sparsifier, int epochs, Masks masks, long kept) {
    TrainingSpec training =
        new TrainingSpec(
            epochs,
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
        new ParticleTraining(training, 0, epochs, RateSpec.SCHEDULE, 0, 0),
        0,
        Fixtures.weights(NET, 4),
        masks,
        kept,
        Scope.GLOBAL,
        Fixtures.plain(),
        new DrawKey(5, 1, 2));
  }
}
