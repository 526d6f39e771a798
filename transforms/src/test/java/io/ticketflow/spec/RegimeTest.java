package io.ticketflow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.spec.MaskStep.Kind;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.testing.TestSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the mask of each cycle comes about, in every regime. */
class RegimeTest {
  @Test
  void iterativeRunsBeginDenseAndPruneTheirSolutions() {
    RunSpec run = run();
    assertThat(run.regime()).isInstanceOf(Iterative.class);
    assertThat(kinds(run)).containsExactly(Kind.FULL, Kind.SOLUTION, Kind.SOLUTION);
    assertThat(run.firstCycle()).isZero();
    assertThat(run.keptIn(0, 1000)).isEqualTo(1000);
    assertThat(run.keptIn(2, 1000)).isEqualTo(250); // rate 0.5
  }

  @Test
  void cyclicRunsKeepTheMaskOfTheInitialisationUntilTheLastCycle() {
    RunSpec run = run("pruning: {shape: cyclic, initialDensity: 0.7}");
    assertThat(kinds(run)).containsExactly(Kind.START, Kind.SOLUTION, Kind.SOLUTION);
    assertThat(run.regime().mask(0).criterion()).isEqualTo(Criterion.RANDOM);
    assertThat(IntStream.rangeClosed(0, 2).mapToObj(cycle -> run.keptIn(cycle, 1000)))
        .containsExactly(700L, 700L, 250L);
  }

  @Test
  void masksAtInitialisationAreEachMadeOfTheMatchingTicket() {
    RunSpec run = run("pruning.when: at-initialisation");
    assertThat(run.regime()).isInstanceOf(AtInitialisation.class);
    assertThat(run.firstCycle()).isEqualTo(1);
    assertThat(kinds(run)).containsExactly(Kind.START, Kind.START);
    assertThat(run.regime().rewinds()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"GMP,FULL", "SET,START", "RIGL,START", "ACDC,FULL", "DPF,FULL"})
  void aSparsifierInsideTrainingMakesItsMaskItself(SparsifierSpec.Name name, Kind begins) {
    RunSpec run = run(sparsifier(name, false));
    assertThat(run.regime()).isInstanceOf(InsideTraining.class);
    assertThat(run.regime().changesMasksInTraining()).isTrue();
    assertThat(run.firstCycle()).isEqualTo(1);
    assertThat(kinds(run)).containsExactly(begins, begins);
  }

  @ParameterizedTest
  @CsvSource({"GMP,FULL,SOLUTION", "SET,START,REGROW", "RIGL,START,REGROW", "DPF,FULL,LATENT"})
  void aSharedMaskChangesBetweenSegmentsAndOnlyTheLastIsAResult(
      SparsifierSpec.Name name, Kind first, Kind between) {
    RunSpec run = run(sparsifier(name, true));
    assertThat(run.regime()).isInstanceOf(SharedMask.class);
    assertThat(kinds(run)).containsExactly(first, between, between, between);
    assertThat(IntStream.rangeClosed(0, 3).mapToObj(cycle -> run.regime().delivers(cycle)).toList())
        .containsExactly(false, false, false, true);
    // Zhu and Gupta's ramp to 250 of 1,000 over 3 segments: 250 + 750 · (1 − k/3)³
    List<Long> ramp = List.of(1000L, 472L, 278L, 250L);
    List<Long> kept =
        IntStream.rangeClosed(0, 3).mapToObj(cycle -> run.keptIn(cycle, 1000)).toList();
    assertThat(kept).isEqualTo(name.regrows() ? List.of(250L, 250L, 250L, 250L) : ramp);
  }

  @Test
  void particlesThatMeetEverySoOftenGoThroughOneTrainingUnderOneMask() {
    RunSpec run =
        run(
            "pruning.when: at-initialisation",
            "training: {epochs: 12, rewindEpochs: 1, averageEvery: 4, swa: {fraction: 0}}");
    assertThat(run.regime()).isInstanceOf(Synchronised.class);
    assertThat(kinds(run)).containsExactly(Kind.START, Kind.SAME, Kind.SAME);
    ParticleTrainings trainings = new ParticleTrainings(run);
    List<Integer> ends = List.of(1, 5, 9, 12); // 11 epochs after the ticket, 4 at a time
    for (int cycle = 1; cycle <= 3; cycle++) {
      ParticleTraining segment = trainings.of(cycle, 0);
      assertThat(segment.startEpoch()).isEqualTo(ends.get(cycle - 1));
      assertThat(segment.endEpoch()).isEqualTo(ends.get(cycle));
      assertThat(segment.training().averageEvery()).as("no part of a training's key").isZero();
      assertThat(run.keptIn(cycle, 1000)).isEqualTo(250);
      assertThat(run.regime().delivers(cycle)).isEqualTo(cycle == 3);
      assertThat(run.regime().resumes(cycle)).isEqualTo(cycle > 1);
    }
    assertThat(run.regime().resumes(4)).isFalse();
  }

  /** One particle each, under the last mask, whatever the cycles before are. */
  @ParameterizedTest
  @CsvSource({
    "pruning.criterion: random,0,2",
    "pruning.when: at-initialisation,1,2",
    "'training.sparsifier: {name: rigl}',1,2",
    "'training.sparsifier: {name: gmp, shared: true, segments: 3}',0,3"
  })
  void membersFollowTheLastCycle(String regime, int first, int last) {
    RunSpec run = run(regime, "perturbed.members: 4", "particles: [1, 3]");
    assertThat(run.firstCycle()).isEqualTo(first);
    assertThat(run.lastCycle()).isEqualTo(last + 4);
    assertThat(run.keptIn(last + 4, 1000)).isEqualTo(run.keptIn(last, 1000)).isEqualTo(250);
    assertThat(run.particlesIn(last)).isEqualTo(3);
    for (int cycle = last + 1; cycle <= last + 4; cycle++) {
      assertThat(run.particlesIn(cycle)).isEqualTo(1);
      assertThat(run.regime().isMember(cycle)).isTrue();
      assertThat(run.regime().delivers(cycle)).isEqualTo(cycle == last + 4);
      assertThat(run.regime().mask(cycle).kind()).isEqualTo(Kind.SAME);
    }
    assertThat(run.regime().isMember(last)).isFalse();
    assertThat(run.regime().delivers(last)).isFalse();
  }

  private static List<Kind> kinds(RunSpec run) {
    return IntStream.rangeClosed(run.firstCycle(), run.lastCycle())
        .mapToObj(cycle -> run.regime().mask(cycle).kind())
        .toList();
  }

  private static String sparsifier(SparsifierSpec.Name name, boolean shared) {
    return String.format(
        Locale.ROOT,
        "training.sparsifier: {name: %s, shared: %s, segments: 3, interval: 10}",
        name,
        shared);
  }

  private static RunSpec run(String... yaml) {
    return TestSettings.run(List.of("pruning: {rate: 0.5, cycles: 2}"), yaml);
  }
}
