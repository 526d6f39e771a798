package io.ticketflow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.action.Solutions;
import io.ticketflow.spec.MaskStep.Kind;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.spec.PruningSpec.When;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the mask of each cycle comes about, in every regime. */
class RegimeTest {
  private static final RunSpec PLAIN = Solutions.spec(PoolSpec.NONE, 1);

  @Test
  void iterativeRunsBeginDenseAndPruneTheirSolutions() {
    RunSpec run = run(When.AFTER_TRAINING, PruningSpec.Shape.GEOMETRIC, SparsifierSpec.NONE);
    assertThat(run.regime()).isInstanceOf(Iterative.class);
    assertThat(kinds(run)).containsExactly(Kind.FULL, Kind.SOLUTION, Kind.SOLUTION);
    assertThat(run.firstCycle()).isZero();
    assertThat(run.keptIn(0, 1000)).isEqualTo(1000);
    assertThat(run.keptIn(2, 1000)).isEqualTo(250); // rate 0.5
  }

  @Test
  void cyclicRunsKeepTheMaskOfTheInitialisationUntilTheLastCycle() {
    RunSpec run = run(When.AFTER_TRAINING, PruningSpec.Shape.CYCLIC, SparsifierSpec.NONE);
    assertThat(kinds(run)).containsExactly(Kind.START, Kind.SOLUTION, Kind.SOLUTION);
    assertThat(run.regime().mask(0).criterion()).isEqualTo(Criterion.RANDOM);
    assertThat(IntStream.rangeClosed(0, 2).mapToObj(cycle -> run.keptIn(cycle, 1000)))
        .containsExactly(500L, 500L, 250L);
  }

  @Test
  void masksAtInitialisationAreEachMadeOfTheMatchingTicket() {
    RunSpec run = run(When.AT_INITIALISATION, PruningSpec.Shape.GEOMETRIC, SparsifierSpec.NONE);
    assertThat(run.regime()).isInstanceOf(AtInitialisation.class);
    assertThat(run.firstCycle()).isEqualTo(1);
    assertThat(kinds(run)).containsExactly(Kind.START, Kind.START);
    assertThat(run.regime().rewinds()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"GMP,FULL", "SET,START", "RIGL,START", "ACDC,FULL", "DPF,FULL"})
  void aSparsifierInsideTrainingMakesItsMaskItself(SparsifierSpec.Name name, Kind begins) {
    RunSpec run = run(When.AFTER_TRAINING, PruningSpec.Shape.GEOMETRIC, sparsifier(name, false));
    assertThat(run.regime()).isInstanceOf(InsideTraining.class);
    assertThat(run.regime().changesMasksInTraining()).isTrue();
    assertThat(run.firstCycle()).isEqualTo(1);
    assertThat(kinds(run)).containsExactly(begins, begins);
  }

  @ParameterizedTest
  @CsvSource({"GMP,FULL,SOLUTION", "SET,START,REGROW", "RIGL,START,REGROW", "DPF,FULL,LATENT"})
  void aSharedMaskChangesBetweenSegmentsAndOnlyTheLastIsAResult(
      SparsifierSpec.Name name, Kind first, Kind between) {
    RunSpec run = run(When.AFTER_TRAINING, PruningSpec.Shape.GEOMETRIC, sparsifier(name, true));
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

  private static List<Kind> kinds(RunSpec run) {
    return IntStream.rangeClosed(run.firstCycle(), run.lastCycle())
        .mapToObj(cycle -> run.regime().mask(cycle).kind())
        .toList();
  }

  private static SparsifierSpec sparsifier(SparsifierSpec.Name name, boolean shared) {
    return new SparsifierSpec(name, shared, 3, 0.1, 0.9, 10, 0.3, 1);
  }

  private static RunSpec run(When when, PruningSpec.Shape shape, SparsifierSpec sparsifier) {
    TrainingSpec training = PLAIN.training();
    PruningSpec pruning = PLAIN.pruning();
    return new RunSpec(
        1,
        PLAIN.data(),
        PLAIN.model(),
        training.withSparsifier(sparsifier),
        new PruningSpec(
            Criterion.MAGNITUDE,
            when,
            pruning.scope(),
            shape,
            Criterion.RANDOM,
            0.5,
            2,
            false,
            List.of(),
            List.of(),
            SaliencySpec.DEFAULT),
        PLAIN.particles(),
        PLAIN.merge(),
        PLAIN.nextCycle(),
        PLAIN.variation(),
        PLAIN.adaptive(),
        PLAIN.tickets(),
        PLAIN.pool(),
        1,
        0,
        PLAIN.evaluation());
  }
}
