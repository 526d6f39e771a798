package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.store.ContainerFiles;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools of an earlier output by the program itself, and of one that has lost something. */
class PoolsOfAnInputIT {
  private static final String EXPERIMENT =
      """
      methods: [imp]
      data: {name: glyphs, train: 300, test: 50, validation: 0.2}
      training: {epochs: 2, batchSize: 32}
      pruning: {cycles: 2}
      """;

  @TempDir Path folder;

  @Test
  @Tag("faults") // for its time
  void nothingIsTrainedAndWhatIsLostIsNamed() throws Exception {
    Program program = new Program(folder);
    Path earlier = folder.resolve("earlier");
    Path experiment = Files.writeString(folder.resolve("imp.yaml"), EXPERIMENT);
    assertThat(program.run("imp", "run", experiment.toString(), "--output=" + earlier)).isZero();
    Path pools =
        Files.writeString(
            folder.resolve("pools.yaml"), "methods: [lottery-pools]\ninput: " + earlier + "\n");
    String output = "--output=" + folder.resolve("pools");
    assertThat(program.run("pools", "run", pools.toString(), output)).isZero();
    assertThat(Files.readString(folder.resolve("pools.log")))
        .contains("0 networks trained, 0 reused")
        .contains("lottery-pools · imp, targets");

    Path artifact = earlier.resolve(solution(earlier, 1).getWeights().getPath());
    byte[] whole = Files.readAllBytes(artifact);
    Files.write(artifact, Arrays.copyOf(whole, whole.length / 2));
    assertEnds(ExitCode.USAGE, program, pools, "lacks its file " + earlier.relativize(artifact));
    assertThat(folder.resolve("again")).doesNotExist();
    whole[whole.length / 2] ^= 1;
    Files.write(artifact, whole);
    // it has a mask and so is packed: its size tells nothing, and all of it is looked at
    assertEnds(ExitCode.USAGE, program, pools, "lacks its file " + earlier.relativize(artifact));
    whole[whole.length / 2] ^= 1;
    Files.write(artifact, whole);
    Files.delete(earlier.resolve("solutions/imp-seed1/cycle-02.avro"));
    assertEnds(ExitCode.USAGE, program, pools, "has 2 of 3 solutions: finish it first");
  }

  private void assertEnds(int code, Program program, Path pools, String reason) throws Exception {
    String output = "--output=" + folder.resolve("again");
    assertThat(program.run("again", "run", pools.toString(), output)).isEqualTo(code);
    assertThat(Files.readString(folder.resolve("again.log"))).contains(reason);
  }

  private static SolutionRecord solution(Path output, int cycle) throws Exception {
    Path file = output.resolve("solutions/imp-seed1/cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file);
        var records = ContainerFiles.reader(SolutionRecord.class, in)) {
      return records.next();
    }
  }
}
