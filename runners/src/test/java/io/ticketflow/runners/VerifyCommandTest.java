package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.storage.CountedBlobs;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one experiment are the same, and each change to one of them is found and named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyCommandTest {
  private static final String SOLUTION = "solutions/imp-seed1/cycle-01.avro";

  @TempDir static Path temp;
  private FinishedOutput first = new FinishedOutput(Path.of(""));
  private FinishedOutput second = first;

  @BeforeAll
  void twoRuns() throws IOException {
    first = FinishedOutput.make(temp, "first");
    second = FinishedOutput.make(temp, "second");
  }

  private static Program.Said verify(FinishedOutput here, Object there, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("verify", here.folder().toString(), "--against=" + there));
    arguments.addAll(List.of(more));
    return Program.call(arguments.toArray(String[]::new));
  }

  @Test
  void twoRunsAreTheSameAndSoIsABaselinesFile() throws IOException {
    Program.Said said = verify(second, first.folder(), "--json", "--record");
    assertThat(said.code()).as(said.out() + said.err()).isZero();
    JsonNode verdict = new JsonMapper().readTree(said.out());
    assertThat(verdict.path("verdict").asText()).isEqualTo("SAME");
    // mask, weights, particle, solution, and rows of layers, epochs, cycles, budgets: 2 cycles each
    assertThat(verdict.path("compared").asInt()).isEqualTo(16);
    assertThat(verdict.path("platformHere").path("devices").get(0).asText()).isEqualTo("cpu");
    assertThat(verdict.path("platformHere").path("processors").get(0).asText()).isNotBlank();
    assertThat(Files.readString(second.folder().resolve("verdict.json"))).isEqualTo(said.out());

    Path file = temp.resolve("baseline.json");
    assertThat(Program.call("baseline", first.folder().toString(), "--to=" + file).code()).isZero();
    assertThat(Program.call("baseline", second.folder().toString()).out())
        .isEqualTo(Files.readString(file));
    assertThat(verify(second, file).code()).isZero();
    // but one seed says nothing of others
    said = verify(second, file, "--mode=statistical");
    assertThat(said.code()).isEqualTo(5);
    assertThat(said.out()).contains("Verdict  cannot tell", "1 seed is too few, 3 the least");
  }

  @Test
  void eachByteIsReadOnce() throws IOException {
    CountedBlobs.READ.clear();
    Program.Said said =
        Program.call(
            "verify",
            CountedBlobs.SCHEME + ":" + first.folder(),
            "--against=" + CountedBlobs.SCHEME + ":" + second.folder());
    assertThat(said.code()).as(said.out() + said.err()).isZero();
    long artifacts = 0;
    for (String path : CountedBlobs.READ.keySet()) {
      long size = Files.size(first.folder().resolve(path));
      long both = size + Files.size(second.folder().resolve(path)); // costs' sizes differ
      boolean reread = path.endsWith(".json"); // the status alone
      assertThat(CountedBlobs.READ.getOrDefault(path, 0L))
          .as(path)
          .isLessThanOrEqualTo(reread ? 2 * both : both);
      artifacts +=
          path.startsWith("artifacts/") ? CountedBlobs.READ.getOrDefault(path, 0L) / size : 0;
    }
    // two masks, the weights of both tickets, and the particle of each cycle, which is its solution
    assertThat(artifacts).isEqualTo(2 * 5);
  }

  @Test
  void aWeightChangedInAnArtifactIsNamed() throws IOException {
    FinishedOutput changed = second.copy("by-hand");
    ArtifactRef weights = changed.record(SOLUTION, SolutionRecord.class).getWeights();
    int entry = changed.entry(weights);
    changed.changeByHand(weights);
    Program.Said said = verify(changed, first.folder());
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(4);
    assertThat(said.out())
        .contains("Verdict  different")
        .contains("First    imp-seed1, cycle 1")
        .contains(FinishedOutput.TENSOR + ": 1 of 30000 entries differ, the most at " + entry + ",")
        .contains("here the file does not hold what its name says");
    // a baseline must not be made of it
    said = Program.call("baseline", changed.folder().toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is no baseline: the file of imp-seed1, cycle 1");
  }

  @Test
  void aSolutionRewrittenWithAllDigestsIsNamed() throws IOException {
    FinishedOutput changed = second.copy("rewritten");
    SolutionRecord solution = changed.record(SOLUTION, SolutionRecord.class);
    ArtifactRef other = changed.rewritten(solution.getWeights());
    changed.replace(
        SOLUTION,
        SolutionRecord.class,
        SolutionRecord.newBuilder(solution).setWeights(other).build());
    Program.Said said = verify(changed, first.folder());
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.out())
        .contains("Reason   1 of 16 digests differ.")
        .contains("First    imp-seed1, cycle 1: solution differs")
        .contains("Tensor   of solution, " + FinishedOutput.TENSOR + ": 1 of 30000 entries differ")
        .doesNotContain("Changed");
    assertThat(verify(changed, changed.folder()).code()).isZero();

    // computed elsewhere, and not the same bits: seeds decide, of which there are too few
    Path experiment = changed.folder().resolve("experiment.yaml");
    Files.writeString(
        experiment, Files.readString(experiment).replaceFirst("djl: .*", "djl: \"0.1.0\""));
    said = verify(changed, first.folder());
    assertThat(said.code()).isEqualTo(5);
    assertThat(said.out()).contains("cannot tell", "djl 0.1.0");
    assertThat(verify(changed, first.folder(), "--mode=exact").code()).isEqualTo(4);
  }

  @Test
  void theFirstEpochThatDiffersIsNamed() throws IOException {
    FinishedOutput changed = second.copy("curve");
    Location output = Location.of(changed.folder());
    List<EpochRow> rows = new ArrayList<>(Tables.EPOCHS.read(output));
    rows.set(1, EpochRow.newBuilder(rows.get(1)).setTrainLoss(7).build());
    Tables.EPOCHS.write(Blobs.at(output.root()), "imp-seed1", rows);
    Program.Said said = verify(changed, first.folder());
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.out())
        .contains("First    imp-seed1, cycle 1: metrics/epochs differs")
        .contains("Curve    particle 0 parts in epoch 1: train_loss is 7.0 here and ");
  }

  @Test
  void whatCannotBeComparedIsSaid() throws IOException {
    FinishedOutput other = second.copy("other");
    Path experiment = other.folder().resolve("experiment.yaml");
    String yaml = Files.readString(experiment);
    Files.writeString(experiment, yaml.replaceFirst("batchSize: 40", "batchSize: 20"));
    Program.Said said = verify(other, first.folder());
    assertThat(said.code()).isEqualTo(5);
    assertThat(said.out())
        .contains("Verdict  cannot be compared")
        .contains("training.batchSize is 40 there and 20 here");

    Files.writeString(experiment, yaml.replaceFirst("seeds:\\R- 1", "seeds:\n- 1\n- 2"));
    assertThat(verify(other, first.folder(), "--mode=exact").code()).isEqualTo(5);
    said = verify(other, first.folder()); // the one seed of both
    assertThat(said.code()).as(said.out()).isZero();

    Location place = Location.of(other.folder());
    RunStatus status = RunStatus.required(place);
    status.ended(RunState.CANCELLED, status.started(), 0, 0, Optional.empty()).write(place);
    said = verify(other, first.folder());
    assertThat(said.code()).isEqualTo(5);
    assertThat(said.out()).contains("other is not finished: its state is cancelled.");
    assertThat(Program.call("baseline", other.folder().toString()).code()).isEqualTo(2);
    assertThat(verify(first, temp.resolve("none")).code()).isEqualTo(2);
    assertThat(verify(first, second.folder(), "--margin=0").err()).contains("--margin must be");
  }

  @Test
  void aBaselineOfAnotherFormatOrADamagedOneIsRefused() throws IOException {
    String text = Program.call("baseline", first.folder().toString()).out();
    Path file = temp.resolve("changed.json");
    Files.writeString(file, text.replaceFirst("\"format\" : 1", "\"format\" : 9"));
    Program.Said said = verify(second, file);
    assertThat(said.code()).isEqualTo(5);
    assertThat(said.out()).contains("has format 9, and this version of Ticketflow reads format 1");
    Files.writeString(file, text.replaceFirst("\"accuracy\":0", "\"accuracy\":1"));
    said = verify(second, file);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("was changed after it was written").hasLineCount(1);
    Files.writeString(file, text.substring(0, text.length() / 2));
    said = verify(second, file);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is no baseline that 'ticketflow baseline' wrote");
  }
}
