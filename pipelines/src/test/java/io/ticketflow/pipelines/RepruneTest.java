package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Independent runs averaged and pruned again, against plain sums and a sorted list. */
class RepruneTest {
  private static final int MEMBERS = 3;

  @TempDir Path folder;

  @Test
  void isTheMeanPrunedToTheDensityOfEach() throws IOException {
    Path output = folder.resolve("output");
    List<RunRecord> runs =
        Experiments.records(folder, "methods: [imp, imp-reprune]\n" + Experiments.SHORT);
    Experiments.run(output, runs);
    ArtifactStore artifacts = new Workplace(output.toString()).artifacts();
    for (int cycle = 0; cycle <= 2; cycle++) {
      SolutionRecord found = solution(output, "imp-reprune-seed1", cycle);
      List<TensorSet> members = new ArrayList<>();
      for (int member = 0; member < MEMBERS; member++) {
        SolutionRecord one = solution(output, members(runs, member), cycle);
        members.add(artifacts.load(one.getWeights()));
        assertThat(found.getKept()).isEqualTo(one.getKept());
      }
      isPrunedMean(artifacts.load(found.getWeights()), members, found.getKept());
      assertThat(artifacts.loadMasks(found.getWeights()).kept()).isEqualTo(found.getKept());
    }
    assertThat(Tables.CYCLES.read(new Location(output.toString())))
        .filteredOn(row -> row.getRun().equals("imp-reprune-seed1"))
        .extracting(CycleRow::getSubject)
        .containsOnly("merged");
  }

  /** The run of a member, the first of which is imp's. */
  private static String members(List<RunRecord> runs, int member) {
    return runs.stream()
        .filter(run -> run.getEnsemble() != null && run.getMember() == member)
        .map(RunRecord::getRun)
        .findFirst()
        .orElseThrow();
  }

  private static void isPrunedMean(TensorSet found, List<TensorSet> members, long kept) {
    List<Float> sizes = new ArrayList<>();
    for (Tensor tensor : found.tensors()) {
      if (tensor.role() == TensorRole.PRUNABLE) {
        for (int i = 0; i < tensor.values().length; i++) {
          sizes.add(Math.abs(mean(members, tensor.name(), i)));
        }
      }
    }
    sizes.sort(Collections.reverseOrder());
    float least = sizes.get((int) kept - 1);
    for (Tensor tensor : found.tensors()) {
      for (int i = 0; i < tensor.values().length; i++) {
        float mean = mean(members, tensor.name(), i);
        boolean stays = tensor.role() != TensorRole.PRUNABLE || Math.abs(mean) >= least;
        assertThat(tensor.values()[i]).isEqualTo(stays ? mean : 0f);
      }
    }
  }

  private static float mean(List<TensorSet> members, String tensor, int entry) {
    double sum = 0;
    for (TensorSet member : members) {
      sum += member.get(tensor).values()[entry];
    }
    return (float) (sum / members.size());
  }

  private static SolutionRecord solution(Path output, String run, int cycle) throws IOException {
    Path file = output.resolve("solutions").resolve(run).resolve("cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file)) {
      return ContainerFiles.one(SolutionRecord.class, in);
    }
  }
}
