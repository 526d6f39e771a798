package io.ticketflow.runners.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains as Beam 2.70 and Flink 1.19 name them, and what the web interface shows. */
class StepNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Source: Runs/Read(CreateSource) -> Initialise/KeyByAction/AddKeys/Map/ParMultiDo(Anonymous) -> Combine: Initialise/Share/GroupByAction | Runs
          Initialise/TrainMatchingTicket -> Cycle00/Train/FanOut/ParMultiDo(FanOut) -> Combine: Cycle00/Train/Share/GroupByAction | Initialise / TrainMatchingTicket, Cycle00 / Train / FanOut
          Cycle02/Train/Share/GroupByAction -> concatenate | Cycle02 / Train / Share / GroupByAction
          Cycle02/Train/TrainParticle -> Cycle02/Average/KeyByRun/AddKeys/Map/ParMultiDo(Anonymous) -> Combine: Cycle02/Average/Average | Cycle02 / Train / TrainParticle
          Cycle01/Average/Average -> Cycle01/Average/Merged/Values/Map/ParMultiDo(Anonymous) -> Cycle01/Measure/RecalibrateAndEvaluate -> Cycle01/Prune/Prune -> Cycle02/Train/FanOut/ParMultiDo(FanOut) -> Combine: Cycle02/Train/Share/GroupByAction | Cycle01 / Average, Measure / RecalibrateAndEvaluate, Prune, Cycle02 / Train / FanOut
          WriteTables/KeyByRun/AddKeys/Map/ParMultiDo(Anonymous) -> Combine: WriteTables/GatherRun | WriteTables / KeyByRun
          WriteTables/GatherRun -> concatenate -> WriteTables/WriteRun/ParMultiDo(Write) | WriteTables / GatherRun, WriteRun
          A/B -> (A/C, A/D -> E/F) | A / B, C, D, E / F
          """)
  void sayWhatAStepDoes(String chain, String name) {
    assertThat(StepNames.of(chain)).isEqualTo(name);
  }
}
