package io.ticketflow.beam;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.learn.pool.EarlierAverages;
import io.ticketflow.learn.pool.LotteryPool;
import io.ticketflow.learn.pool.NeighbourAverages;
import io.ticketflow.learn.pool.Pooled;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.avro.file.DataFileStream;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolSolutionsTest {
  @TempDir private Path folder;

  @Test
  void everyKindAtEveryTargetIsThePureFunctionOfTheRunsSolutions() throws IOException {
    Workplace place = new Workplace(folder.toString());
    RunSpec spec = Solutions.spec(Solutions.ALL_KINDS);
    List<MergedRecord> solutions = Solutions.of(place, Solutions.run("run", spec), 10);
    RunRecord without = Solutions.run("plain", Solutions.spec());
    List<MergedRecord> all = new ArrayList<>(solutions);
    all.addAll(Solutions.of(place, without, 20));
    run(place, all);

    Map<String, CycleRow> cycles = new HashMap<>();
    for (CycleRow row : table(CycleRow.class, "metrics/cycles")) {
      assertThat(row.getRun()).isEqualTo("run");
      cycles.put(row.getSubject() + row.getCycle() + row.getSplit(), row);
    }
    assertThat(cycles).hasSize((5 * 3 + 2) * 3);
    ValidationSplit validator =
        new ValidationSplit(
            Solutions.graph(spec),
            Datasets.load(spec.data()),
            0,
            spec.evaluation(),
            new TorchCalculator(Device.cpu()));
    IntFunction<TensorSet> networks = i -> place.artifacts().load(solutions.get(i).getWeights());
    for (int target = 0; target < 3; target++) {
      SparseNetwork drawn = Solutions.network(spec, 10 + target, target);
      SparseNetwork network = new SparseNetwork(networks.apply(target), drawn.masks());
      Pooled lottery =
          new LotteryPool(validator, List.of(0.3, 0.7)).improve(networks, 3, target, network);
      assertPool(place, spec, cycles, "lottery", "pool", target, lottery);
      Pooled average =
          new LotteryPool(validator, List.of(0.5)).improve(networks, 3, target, network);
      assertPool(place, spec, cycles, "average", "pool-average", target, average);
      Pooled swa =
          new NeighbourAverages(validator, step -> step / (step + 1.0))
              .average(networks, 3, target, network);
      assertPool(place, spec, cycles, "swa", "pool-swa", target, swa);
      Pooled ema =
          new NeighbourAverages(validator, step -> 0.6).average(networks, 3, target, network);
      assertPool(place, spec, cycles, "ema", "pool-ema", target, ema);
      EarlierAverages earlier = new EarlierAverages(validator);
      Pooled mean = earlier.mean(networks, target, network);
      assertPool(place, spec, cycles, "earlier-mean", "pool-earlier-mean", target, mean);
      if (target > 0) {
        Pooled decayed = earlier.exponential(0.6, networks, target, network);
        assertPool(place, spec, cycles, "earlier-ema", "pool-earlier-ema", target, decayed);
      }
    }
    assertThat(folder.resolve("pools/run/earlier-ema-cycle-00.avro")).doesNotExist();
    assertThat(table(CostRow.class, "costs"))
        .extracting(CostRow::getKind)
        .containsOnly("pool", "evaluate")
        .hasSize(2 * 17);
    assertThat(table(FailureRecord.class, "metrics/failures")).isEmpty();
    assertThat(table(SearchRow.class, "metrics/searches"))
        .filteredOn(row -> row.getCycle() == 1 && row.getKind().equals("lottery"))
        .extracting(SearchRow::getCandidate)
        .containsExactly(0, 2);
  }

  @Test
  void onlyTheTargetsAreMadeOfASpecificationThatNamesSome() throws IOException {
    Workplace place = new Workplace(folder.toString());
    String pool = "pool: {kinds: swa, coefficients: 0.5, targets: 2}";
    run(place, Solutions.of(place, Solutions.run("run", Solutions.spec(pool)), 10));
    assertThat(table(CycleRow.class, "metrics/cycles"))
        .extracting(CycleRow::getCycle)
        .containsOnly(2)
        .hasSize(3);
  }

  @Test
  void aRunThatLacksASolutionIsAFailureAndNotASmallerPool() throws IOException {
    Workplace place = new Workplace(folder.toString());
    RunSpec spec = Solutions.spec(Solutions.ALL_KINDS);
    run(place, Solutions.of(place, Solutions.run("run", spec), 10).subList(0, 2));
    assertThat(table(CycleRow.class, "metrics/cycles")).isEmpty();
    assertThat(table(FailureRecord.class, "metrics/failures"))
        .extracting(FailureRecord::getMessage)
        .containsExactly("cycle 2, there is no solution of run run for the pool");
  }

  @Test
  void joinedRunsAreOnePoolByDescendingDensity() throws IOException {
    Workplace place = new Workplace(folder.toString());
    RunSpec spec = Solutions.spec("pool: {kinds: average, coefficients: 0.5, joined: true}");
    List<MergedRecord> all = new ArrayList<>();
    all.addAll(Solutions.of(place, from("b", spec), 10));
    all.addAll(Solutions.of(place, from("a", spec), 20));
    run(place, all);
    List<SearchRow> searches = table(SearchRow.class, "metrics/searches");
    // a0 b0 a1 b1 a2 b2: the places of what the third, cycle 1 of a, was tried with
    assertThat(searches)
        .filteredOn(row -> row.getRun().equals("a") && row.getCycle() == 1)
        .extracting(SearchRow::getCandidate)
        .containsExactly(1, 3, 0, 4, 5);
    assertThat(searches).hasSize(6 * 5);
    assertThat(pool("b", "average", 2).getTrials())
        .extracting(trial -> trial.getCandidate())
        .containsExactly(4, 3, 2, 1, 0);
  }

  @Test
  void joinedRunsOfOtherModelsAreRefusedByName() throws IOException {
    Workplace place = new Workplace(folder.toString());
    RunSpec spec = Solutions.spec("pool: {kinds: average, coefficients: 0.5, joined: true}");
    List<MergedRecord> all = new ArrayList<>(Solutions.of(place, from("a", spec), 10));
    RunRecord other =
        RunRecord.newBuilder(from("b", spec))
            .setSpec(CanonicalJson.write(spec).replace("lenet-300-100", "lenet-5"))
            .build();
    for (MergedRecord solution : Solutions.of(place, from("b", spec), 10)) {
      all.add(MergedRecord.newBuilder(solution).setRun(other).build());
    }
    run(place, all);
    assertThat(table(CycleRow.class, "metrics/cycles")).isEmpty();
    assertThat(table(FailureRecord.class, "metrics/failures"))
        .extracting(FailureRecord::getMessage)
        .containsOnly(
            "cycle 0, a pool must be of one model and data set, but the runs a and b differ in"
                + " model: lenet-300-100 and lenet-5")
        .hasSize(2);
  }

  private void assertPool(
      Workplace place,
      RunSpec spec,
      Map<String, CycleRow> cycles,
      String kind,
      String subject,
      int cycle,
      Pooled expected)
      throws IOException {
    PoolRecord pool = pool("run", kind, cycle);
    assertThat(pool.getKept()).isEqualTo(expected.network().kept());
    assertThat(pool.getTotal()).isEqualTo(28 * 28 * 300 + 300 * 100);
    assertThat(pool.getKept()).isEqualTo(spec.keptIn(cycle, pool.getTotal()));
    assertThat(pool.getTrials()).hasSameSizeAs(expected.trials());
    TensorSet stored = place.artifacts().load(pool.getWeights());
    for (Tensor tensor : expected.network().weights().tensors()) {
      assertThat(stored.get(tensor.name()).values()).isEqualTo(tensor.values());
    }
    for (SplitScores scores :
        Evaluation.evaluate(
            Solutions.graph(spec),
            List.of(stored),
            Datasets.load(spec.data()),
            0,
            spec.evaluation(),
            new TorchCalculator(Device.cpu()))) {
      CycleRow row = cycles.get(subject + cycle + scores.getSplit());
      assertThat(row).isNotNull();
      assertThat(row.getAccuracy()).isEqualTo(scores.getAccuracy());
      assertThat(row.getNll()).isEqualTo(scores.getNll());
      assertThat(row.getKept()).isEqualTo(pool.getKept());
      if (scores.getSplit().equals("validation")) {
        assertThat(scores.getAccuracy()).isEqualTo(expected.lastAccuracy());
      }
    }
  }

  private static RunRecord from(String run, RunSpec spec) {
    return RunRecord.newBuilder(Solutions.run(run, spec))
        .setInput(new InputRecord("earlier", run))
        .build();
  }

  static void run(Workplace place, List<MergedRecord> solutions) {
    List<MergedRecord> shuffled = new ArrayList<>(solutions);
    Collections.reverse(shuffled);
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(Create.of(shuffled).withCoder(RecordCoder.of(MergedRecord.class)))
        .apply(PoolSolutions.at(place))
        .apply(WriteTables.at(place));
    pipeline.run().waitUntilFinish();
  }

  private <T extends org.apache.avro.specific.SpecificRecord> List<T> table(
      Class<T> type, String name) throws IOException {
    return TableReader.readFolder(type, folder.resolve(name));
  }

  private PoolRecord pool(String run, String kind, int cycle) throws IOException {
    Path file =
        folder.resolve(String.format(Locale.ROOT, "pools/%s/%s-cycle-%02d.avro", run, kind, cycle));
    try (InputStream in = Files.newInputStream(file);
        DataFileStream<PoolRecord> records = ContainerFiles.reader(PoolRecord.class, in)) {
      return records.next();
    }
  }
}
