package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One particle trained again has the bits of the stored one, and what does not is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RerunCommandTest {
  @TempDir static Path temp;
  private FinishedOutput output = new FinishedOutput(Path.of(""));

  @BeforeAll
  void run() throws IOException {
    output = FinishedOutput.make(temp, "out");
  }

  private static Program.Said rerun(FinishedOutput output, String run, int cycle, int particle) {
    return Program.call(
        "rerun",
        output.folder().toString(),
        "--run=" + run,
        "--cycle=" + cycle,
        "--particle=" + particle);
  }

  @Test
  void aParticleComesOutAsItWas() throws IOException {
    Map<String, byte[]> before = CommandFixture.files(output.folder());
    Program.Said said = rerun(output, "imp-seed1", 1, 0);
    assertThat(said.code()).as(said.out() + said.err()).isZero();
    assertThat(said.out()).contains("Verdict  same", "1 epochs were trained again");
    Map<String, byte[]> after = CommandFixture.files(output.folder());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void aSegmentGoesOnWithTheMomentsOfItsTicket(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("segments.yaml"),
            """
            methods: [{method: papa-all, particles: 2, training: {averageEvery: 1}}]
            seeds: [1]
            data: {name: glyphs, train: 60, test: 20}
            model: {name: lenet-300-100}
            training: {epochs: 2, batchSize: 20}
            pruning: {densities: [0.5]}
            """);
    Path run = folder.resolve("run");
    assertThat(Program.call("run", file.toString(), "--output=" + run).code()).isZero();
    Program.Said said =
        Program.call("rerun", run.toString(), "--run=papa-all-seed1", "--cycle=2", "--particle=1");
    assertThat(said.out() + said.err()).contains("Verdict  same");
  }

  @Test
  @Tag("faults") // for its time
  void aStoredParticleThatWasChangedIsFound() throws IOException {
    FinishedOutput changed = output.copy("particle");
    ArtifactRef particle =
        changed
            .record("solutions/imp-seed1/cycle-01.avro", SolutionRecord.class)
            .getParticles()
            .get(0);
    changed.changeByHand(particle);
    Program.Said said = rerun(changed, "imp-seed1", 1, 0);
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(4);
    assertThat(said.out())
        .contains("Verdict  different")
        .contains("Tensor   " + FinishedOutput.TENSOR + ": 1 of 30000 entries differ")
        .doesNotContain("Curve");
  }

  @Test
  @Tag("faults") // for its time
  void aTrainingFromOtherWeightsPartsInItsFirstEpoch() throws IOException {
    FinishedOutput changed = output.copy("ticket");
    String path = "tickets/imp-seed1/cycle-01.avro";
    TicketRecord ticket = changed.record(path, TicketRecord.class);
    ArtifactRef other = changed.rewritten(ticket.getWeights());
    changed.replace(
        path, TicketRecord.class, TicketRecord.newBuilder(ticket).setWeights(other).build());
    Program.Said said = rerun(changed, "imp-seed1", 1, 0);
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(4);
    assertThat(said.out()).contains("Curve    particle 0 parts in epoch 1: train_loss is");
  }

  @Test
  void whatIsNotThereIsSaidBeforeAnythingIsTrained() {
    Program.Said said = rerun(output, "imp-sead1", 1, 0);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("has no run imp-sead1 (there are imp-seed1)").hasLineCount(1);
    said = rerun(output, "imp-seed1", 9, 0);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("has no cycle 9 of run imp-seed1").hasLineCount(1);
    said = rerun(output, "imp-seed1", 1, 3);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("has no particle 3 in cycle 1 of run imp-seed1")
        .hasLineCount(1);
    assertThat(rerun(new FinishedOutput(temp), "imp-seed1", 1, 0).code()).isEqualTo(2);
  }
}
