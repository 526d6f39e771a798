package io.ticketflow.beam;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureEnsemblesTest {
  @TempDir private Path folder;

  @Test
  void averagesTheProbabilitiesOfTheMembersOfACycle() throws IOException {
    Workplace place = new Workplace(folder.toString());
    RunSpec spec = Solutions.spec("members: 2");
    List<MergedRecord> second = Solutions.of(place, member("m1", 1, spec, 6L), 20);
    List<MergedRecord> first = Solutions.of(place, member("m0", 0, spec, 5L), 10);
    List<MergedRecord> all = new ArrayList<>(second);
    all.addAll(first);
    all.addAll(Solutions.of(place, Solutions.run("alone", spec), 30));
    run(place, all);

    List<CycleRow> rows = TableReader.readFolder(CycleRow.class, folder.resolve("metrics/cycles"));
    assertThat(rows).hasSize(3 * 3);
    assertThat(rows).allMatch(row -> row.getRun().equals("together") && row.getSeed() == 5);
    for (int cycle = 0; cycle < 3; cycle++) {
      TensorSet a = place.artifacts().load(first.get(cycle).getWeights());
      TensorSet b = place.artifacts().load(second.get(cycle).getWeights());
      assertScores(spec, rows, cycle, List.of(a, b));
    }
  }

  @Test
  void aMissingMemberIsAFailureOfThatCycleAndNotASmallerEnsemble() throws IOException {
    Workplace place = new Workplace(folder.toString());
    RunSpec spec = Solutions.spec("members: 3");
    List<MergedRecord> all = new ArrayList<>();
    for (int member = 0; member < 3; member++) {
      all.addAll(Solutions.of(place, member("m" + member, member, spec, member), 10L * member));
    }
    all.removeIf(each -> each.getRun().getRun().equals("m1") && each.getTicket().getCycle() == 2);
    run(place, all);
    assertThat(TableReader.readFolder(FailureRecord.class, folder.resolve("metrics/failures")))
        .extracting(FailureRecord::getMessage)
        .containsExactly(
            "cycle 2, the ensemble of 3 lacks the solutions of its members [1]: there are those of"
                + " [0, 2]");
    assertThat(TableReader.readFolder(CycleRow.class, folder.resolve("metrics/cycles")))
        .extracting(CycleRow::getCycle)
        .containsOnly(0, 1);
  }

  private static void assertScores(
      RunSpec spec, List<CycleRow> rows, int cycle, List<TensorSet> networks) {
    for (SplitScores scores :
        Evaluation.evaluate(
            Solutions.graph(spec),
            networks,
            Datasets.load(spec.data()),
            0,
            spec.evaluation(),
            new TorchCalculator(Device.cpu()))) {
      assertThat(rows)
          .filteredOn(
              row ->
                  row.getCycle() == cycle
                      && row.getSubject().equals("ensemble")
                      && row.getSplit().equals(scores.getSplit()))
          .extracting(CycleRow::getNll)
          .containsExactly(scores.getNll());
    }
  }

  private static RunRecord member(String run, int member, RunSpec spec, long seed) {
    return RunRecord.newBuilder(Solutions.run(run, spec.withSeed(seed)))
        .setEnsemble("together")
        .setMember(member)
        .build();
  }

  private static void run(Workplace place, List<MergedRecord> solutions) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(Create.of(solutions).withCoder(RecordCoder.of(MergedRecord.class)))
        .apply(MeasureEnsembles.at(place))
        .apply(WriteTables.at(place));
    pipeline.run().waitUntilFinish();
  }
}
