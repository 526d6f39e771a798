package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTest {
  private static final String IMP = "methods: [imp]\n" + Experiments.SMALL;

  @TempDir Path folder;

  @Test
  void namesTheFirstPartThatDiffersFromTheNearestFinishedAction() throws IOException {
    Path output = folder.resolve("output");
    List<RunRecord> runs = Experiments.records(folder, IMP);
    Workplace place = new Workplace(output.toString());
    assertThat(Why.of(runs, place))
        .isNotEmpty()
        .extracting(Why.Reason::why)
        .containsOnly("nothing of its kind is finished");
    Experiments.run(output, runs);
    assertThat(Why.of(runs, place)).isEmpty();

    // of 266,200 weights a tenth, and a fifth
    assertThat(reasons(IMP.replace("[0.4, 0.1]", "[0.4, 0.2]"), place))
        .startsWith("2 prune: kept is 53240, and was 26620")
        .contains("2 particle: input 2 is not there yet: action prune makes it")
        .allMatch(reason -> reason.startsWith("2 "));
    assertThat(reasons(IMP.replace("batchSize: 32", "batchSize: 50"), place))
        .contains("0 particle: training.training.batchSize is 50, and was 32");

    Files.delete(output.resolve(solution(output).getWeights().getPath()));
    // without BatchNorm and of one particle, average and recalibration have the particle's file
    assertThat(reasons(IMP, place))
        .startsWith("2 particle: its result is lost or damaged")
        .contains("2 average: input 1 is not there yet: action particle makes it");
  }

  private List<String> reasons(String yaml, Workplace place) {
    return Why.of(Experiments.records(folder, yaml), place).stream()
        .map(each -> each.action().cycle() + " " + each.action().kind() + ": " + each.why())
        .toList();
  }

  private static SolutionRecord solution(Path output) throws IOException {
    Path file = output.resolve("solutions/imp-seed1/cycle-02.avro");
    try (InputStream in = Files.newInputStream(file)) {
      return ContainerFiles.one(SolutionRecord.class, in);
    }
  }
}
