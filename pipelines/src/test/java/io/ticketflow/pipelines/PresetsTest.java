package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Presets say what their papers say, and those of related methods agree. */
class PresetsTest extends ExperimentFixture {
  @Test
  void swampOfOneParticleWithoutSwaIsImp() {
    List<PlannedRun> runs =
        load("methods: [imp, {method: swamp, particles: 1, training: {swa: {fraction: 0}}}]\n"
                + "training: {epochs: 7, rewindEpochs: 2}")
            .runs();

    assertThat(runs.get(1).spec()).isEqualTo(runs.get(0).spec());
  }

  @Test
  void impSwaIsSwampOfOneParticle() {
    List<PlannedRun> runs = load("methods: [imp-swa, {method: swamp, particles: 1}]").runs();

    assertThat(runs.get(1).spec()).isEqualTo(runs.get(0).spec());
  }

  @Test
  void presetsSayWhatTheirPapersSay() {
    RunSpec finetune = only("methods: [imp-finetune]");
    assertThat(finetune.nextCycle())
        .isEqualTo(
            new NextCycleSpec(
                NextCycleSpec.Weights.AVERAGED, RateRule.FT, 0, 1, 0.1, NextCycleSpec.Norm.ALL));
    RunSpec rewind = only("methods: [imp-lr-rewind]");
    assertThat(rewind.nextCycle())
        .isEqualTo(
            new NextCycleSpec(
                NextCycleSpec.Weights.AVERAGED, RateRule.LRW, 0, 1, 0.1, NextCycleSpec.Norm.ALL));
    RunSpec oneShot = only("methods: [one-shot]");
    assertThat(oneShot.pruning().lastCycle()).isEqualTo(1);
    // 0.8^10 of 1,000,000, by hand: 107374.18…
    assertThat(oneShot.pruning().keptAfter(1, 1_000_000)).isEqualTo(107_374);
    RunSpec random = only("methods: [random]");
    assertThat(random.pruning().criterion()).isEqualTo(PruningSpec.Criterion.RANDOM);
    RunSpec plus = only("methods: [swamp-plus]");
    assertThat(List.of(plus.particlesIn(3), plus.particlesIn(4), plus.particlesIn(9)))
        .containsExactly(1, 4, 4);
  }
}
