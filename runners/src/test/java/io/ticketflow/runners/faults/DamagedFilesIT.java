package io.ticketflow.runners.faults;

import static io.ticketflow.runners.faults.agent.Fault.Effect.KILL;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.faults.agent.Event;
import io.ticketflow.runners.faults.agent.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an output that are not as they were written. */
class DamagedFilesIT {
  /** What is trained again when a particle is lost: its checkpoints went when it was finished. */
  private static final int EPOCHS_OF_A_PARTICLE = 4;

  @TempDir Path folder;
  private Laboratory laboratory;
  private Path output;

  @BeforeEach
  void setUp() throws Exception {
    laboratory = new Laboratory(folder.resolve("laboratory"));
    output = folder.resolve("out");
  }

  @Test
  @Tag("faults")
  void artifactCutShort() throws Exception {
    Path artifact = Bench.finishedWork(output).resolve(particle());
    Files.write(artifact, truncated(Files.readAllBytes(artifact)));
    runAgain(11, "a truncated artifact", EPOCHS_OF_A_PARTICLE);
  }

  @Test
  void artifactWithAFlippedBit() throws Exception {
    Path artifact = Bench.finishedWork(output).resolve(particle());
    Files.write(artifact, flipped(Files.readAllBytes(artifact)));
    runAgain(12, "a bit-flipped artifact", EPOCHS_OF_A_PARTICLE);
  }

  @Test
  @Tag("faults")
  void checkpointCutShort() throws Exception {
    dieInEpoch4();
    List<String> states = laboratory.journal().checkpointArtifacts().toList();
    Path newest = output.resolve(states.get(states.size() - 1));
    Files.write(newest, truncated(Files.readAllBytes(newest)));
    // epoch 4, which was cut off, and epoch 3, as the state before the damaged one is that after 2
    runAgain(13, "a truncated checkpoint", 2);
  }

  @Test
  @Tag("faults")
  void checkpointWithAFlippedBit() throws Exception {
    dieInEpoch4();
    try (Stream<Path> files = Files.walk(output.resolve("checkpoints"))) {
      List<Path> records = files.filter(Files::isRegularFile).toList();
      assertThat(records).hasSize(1);
      Files.write(records.get(0), flipped(Files.readAllBytes(records.get(0))));
    }
    // epochs 2 and 3, and epoch 4, which was cut off: nothing says any more where the states are
    runAgain(13, "a bit-flipped list of checkpoints", 3);
  }

  @Test
  @Tag("faults")
  void temporaryFileOfADeadWriter() throws Exception {
    laboratory.arm(
        Fault.before(KILL, "write").path("^tmp/").within("TrainingAction.make").afterBytes(3000));
    assertThat(Bench.exitCode(start())).isEqualTo(128 + 9);
    try (Stream<Path> files = Files.list(output.resolve("tmp"))) {
      assertThat(files.filter(Files::isRegularFile).map(DamagedFilesIT::size))
          .as("half a file under a name of its writer")
          .contains(3000L);
    }
    // the one epoch to the matching ticket, whose weights were half written
    runAgain(14, "a stale temporary file of a dead writer", 1);
    assertThat(output.resolve("tmp")).isEmptyDirectory();
  }

  /** A process at work on one training at a time, killed amid the fourth epoch of a particle. */
  private void dieInEpoch4() throws Exception {
    laboratory.arm(
        Fault.before(KILL, "step").training("cycle 1, particle 0, epoch 4;").occurrence(3));
    assertThat(Bench.exitCode(start())).isEqualTo(128 + 9);
  }

  private void runAgain(int number, String fault, int epochsLost) throws Exception {
    long before = System.currentTimeMillis();
    int epochs = laboratory.journal().epochs();
    Process process = start();
    assertThat(Bench.exitCode(process)).as(log()).isZero();
    assertThat(Bench.metrics(output)).isEqualTo(Bench.expected());
    Journal journal = laboratory.journal();
    int undisturbed = epochs == 0 ? 0 : Bench.EPOCHS;
    assertThat(journal.epochs() - undisturbed).isEqualTo(epochsLost);
    long progress = journal.after(before, Journal::isProgress).map(Event::millis).orElseThrow();
    new Survival(number, fault, epochsLost, (progress - before) / 1000.0).tell();
  }

  private Process start() throws IOException {
    return Bench.start(laboratory, folder, output, "--targetParallelism=1");
  }

  private static String particle() throws Exception {
    return Bench.undisturbed().trainedArtifacts().skip(1).findFirst().orElseThrow();
  }

  private static byte[] truncated(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] damaged = bytes.clone();
    damaged[damaged.length / 2] ^= 1;
    return damaged;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
