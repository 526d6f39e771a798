package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Commands on a whole experiment print what they did, end with the code that fits, and leave only
 * what belongs there.
 */
class CommandResultsTest extends CommandFixture {
  @Test
  void aRunEndsWithItsTableAndRunAgainChangesNothing() throws IOException {
    assertThat(run()).isZero();
    assertThat(err)
        .contains("tiny: 1 run, 2 networks to train (2 epochs), 0 found finished")
        .contains("training 2 of 2, ")
        .doesNotContain("\r");
    assertThat(out)
        .contains("Test accuracy in %", "100 %", "50.0 %", "imp", "report.html")
        .contains(": 2 networks trained, 0 reused.");
    assertThat(state()).isEqualTo("DONE");
    Map<String, byte[]> before = files(output.resolve("metrics"));
    assertThat(before).isNotEmpty();

    assertThat(run()).isZero();
    assertThat(out).contains(": 0 networks trained, 2 reused.");
    Map<String, byte[]> after = files(output.resolve("metrics"));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));

    assertThat(call("plan", file.toString(), "--output=" + output)).isZero();
    assertThat(out).contains("nothing to train");
    assertThat(call("report", output.toString())).isZero();

    assertThat(run("training.epochs=2")).isEqualTo(2);
    assertThat(sentence()).contains("another experiment", "training.epochs is 1 there and 2 here");
    assertThat(state()).isEqualTo("DONE");
  }

  @Test
  void whatNothingNeedsIsRemovedWhenAskedTo() throws IOException {
    assertThat(call("gc", output.toString())).isEqualTo(2);
    assertThat(sentence()).contains("There is no output of Ticketflow in", output.toString());
    assertThat(output).doesNotExist();

    assertThat(run()).isZero();
    Map<String, byte[]> needed = files(output);
    Path orphan = output.resolve("artifacts/00/" + "0".repeat(64) + ".avro");
    Files.createDirectories(orphan.getParent());
    Files.write(orphan, new byte[2000]);
    Files.createDirectories(output.resolve("tmp"));
    Files.write(output.resolve("tmp/x.avro.17.half"), new byte[500]);

    assertThat(call("gc", output.toString(), "--dry-run")).isZero();
    assertThat(out)
        .contains("nothing refers to it", "temporary file", "Would remove 2 files, 0.003 MB");
    assertThat(orphan).exists();
    assertThat(call("gc", output.toString())).isZero();
    assertThat(out).contains("Removed 2 files, 0.003 MB.");
    assertThat(files(output).keySet()).isEqualTo(needed.keySet());
    assertThat(call("gc", output.toString())).isZero();
    assertThat(out).contains("Nothing to remove");

    assertThat(run()).isZero();
    assertThat(out).contains(": 0 networks trained, 2 reused.");
  }

  @Test
  void aPlanSaysWhatWouldBeTrainedAndWritesNothing() {
    assertThat(call("plan", file.toString(), "seeds=[1,2]", "--output=" + output)).isZero();
    assertThat(out)
        .contains("epochs still to run            4")
        .contains("matching ticket", "particle", "average", "evaluate", "to run")
        .containsPattern("time +about .* by the speed of a few steps made on this machine");
    assertThat(call("plan", file.toString(), "--summary", "--output=" + output)).isZero();
    assertThat(out).contains("epochs to run").doesNotContain("matching ticket");
    assertThat(output).doesNotExist();
  }

  @Test
  void theRatesOfARunAreToldByEpoch() {
    String training =
        "training={epochs: 6, rewindEpochs: 1, schedule: {name: linear, learningRate: 0.1},"
            + " swa: {fraction: 0.4, learningRate: 0.02}}";
    // A cosine from 0.1 over 4 epochs: 0.02 + 0.04 · (1 + cos πk/4) for k = 1, 2, 3.
    assertThat(call("plan", file.toString(), "methods=[swamp]", training, "--rates=swamp-seed1"))
        .isZero();
    assertThat(out)
        .contains("matching ticket: epochs 1 to 1: 0.1\n")
        .contains(": epochs 2 to 6, the last 2 averaged: 0.0883 0.06 0.0317 0.02 0.02\n");
    // Copies of two rates by turns, in each cycle after the dense one.
    assertThat(
            call(
                "plan",
                file.toString(),
                "methods=[{method: sms, variation: {learningRates: [0.1, 0.2]}}]",
                "pruning.cycles=2",
                "nextCycle.warmup=0",
                "--rates=sms-seed1"))
        .isZero();
    assertThat(out.lines())
        .containsExactly(
            "cycle 0: epochs 1 to 1: 0.1",
            "cycle 1 … 2, particle 0: epochs 1 to 1: 0.1",
            "cycle 1 … 2, particle 1: epochs 1 to 1: 0.2",
            "cycle 1 … 2, particle 2: epochs 1 to 1: 0.1");
    assertThat(call("plan", file.toString(), "--rates=imp-sead1")).isEqualTo(2);
    assertThat(sentence()).contains("--rates must be a run of the experiment, such as imp");
    assertThat(output).doesNotExist();
  }

  @Test
  void aRunThatFailsLeavesTheOthersTheirResults() throws IOException {
    String methods =
        "methods=[imp, {method: imp, as: hot, training: {schedule: {learningRate: 100}}}]";
    assertThat(run(methods, "training.epochs=4", "training.schedule.name=constant")).isEqualTo(3);
    assertThat(out).contains("Run hot", "failed: ", "1 of 2 runs failed");
    assertThat(state()).isEqualTo("SOME_RUNS_FAILED");
  }

  private String state() throws IOException {
    return new JsonMapper().readTree(output.resolve("status.json").toFile()).path("state").asText();
  }
}
