package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a run that the machine stopped, at its end and later. */
class FailedRunIT {
  @TempDir Path temp;

  @Test
  void statusGivesTheReasonInTheWordsOfTheRun() throws IOException, InterruptedException {
    Path experiment =
        Files.writeString(
            temp.resolve("x.yaml"),
            """
            methods: [imp]
            data: {name: glyphs, train: 100, test: 100}
            model: {name: lenet-300-100}
            training: {epochs: 1, batchSize: 50, optimiser: {name: adam}, schedule: {learningRate: 0.001}}
            pruning: {cycles: 0}
            """);
    Path output = temp.resolve("out");
    Program program = new Program(temp);
    String[] run = {"run", experiment.toString(), "--output=" + output};
    assertThat(program.run("first", run)).isZero();
    Files.move(output.resolve("actions"), temp.resolve("actions"));
    Files.move(output.resolve("artifacts"), temp.resolve("artifacts"));
    Files.writeString(output.resolve("artifacts"), "in the way");
    assertThat(program.run("second", run)).isEqualTo(ExitCode.FAILED);
    String why = "cannot write " + output.resolve("artifacts");
    assertThat(program.log("second")).contains("ticketflow: " + why);
    Program.Said said = Program.call("status", output.toString());
    assertThat(said.out())
        .contains("Reason     " + why)
        .doesNotContainPattern("java\\.|\\p{Alpha}(Exception|Error)\\b");
  }
}
