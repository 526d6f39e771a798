package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.TensorRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final String KEY = "0f".repeat(32);
  private static final String OTHER = "1e".repeat(32);

  @TempDir Path root;
  private CheckpointStore checkpoints;

  @BeforeEach
  void openStore() {
    checkpoints = new CheckpointStore(new LocalBlobs(root));
  }

  @Test
  void theNewestStateIsTheOneThatComesBack() {
    assertThat(checkpoints.latest(KEY)).isEmpty();
    for (int epoch = 3; epoch <= 6; epoch++) {
      checkpoints.save(KEY, after(epoch));
      Checkpoint latest = checkpoints.latest(KEY).orElseThrow();
      assertThat(latest.epoch()).isEqualTo(epoch);
      assertThat(latest.epochs()).isEqualTo(after(epoch).epochs());
      assertThat(latest.state().get("w").values()).containsExactly(epoch, -epoch);
    }
    assertThat(checkpoints.latest(OTHER)).isEmpty();
  }

  @Test
  void twoStatesAreKeptAndOlderOnesGo() throws IOException {
    for (int epoch = 1; epoch <= 5; epoch++) {
      checkpoints.save(KEY, after(epoch));
    }
    assertThat(files("artifacts")).hasSize(2);
    assertThat(files("checkpoints")).hasSize(1);
    assertThat(files("tmp")).isEmpty();
    checkpoints.delete(KEY);
    assertThat(files("artifacts")).isEmpty();
    assertThat(files("checkpoints")).isEmpty();
    checkpoints.delete(KEY);
  }

  @Test
  void aDamagedStateIsPassedOverForTheOneBefore() throws IOException {
    checkpoints.save(KEY, after(1));
    List<Path> older = files("artifacts");
    checkpoints.save(KEY, after(2));
    List<Path> newer = files("artifacts").stream().filter(file -> !older.contains(file)).toList();
    flip(newer.get(0));
    Checkpoint left = checkpoints.latest(KEY).orElseThrow();
    assertThat(left.epoch()).isEqualTo(1);
    assertThat(left.epochs()).hasSize(1);
    cutShort(older.get(0));
    assertThat(checkpoints.latest(KEY)).isEmpty();
  }

  @Test
  void aDamagedRecordIsNoCheckpoint() throws IOException {
    checkpoints.save(KEY, after(1));
    Path record = files("checkpoints").get(0);
    flip(record);
    assertThat(checkpoints.latest(KEY)).isEmpty();
    cutShort(record);
    assertThat(checkpoints.latest(KEY)).isEmpty();
    checkpoints.save(KEY, after(2));
    assertThat(checkpoints.latest(KEY).orElseThrow().epoch()).isEqualTo(2);
  }

  @Test
  void twoTrainingsWithEqualStatesDoNotDeleteEachOthers() {
    checkpoints.save(KEY, after(1));
    checkpoints.save(OTHER, after(1));
    checkpoints.delete(OTHER);
    assertThat(checkpoints.latest(KEY)).isPresent();
  }

  /** A zombie that lags behind sets the record back; what it names is still whole. */
  @Test
  void aWriterThatLagsBehindLeavesAStateToGoOnFrom() {
    checkpoints.save(KEY, after(4));
    checkpoints.save(KEY, after(5));
    checkpoints.save(KEY, after(2));
    assertThat(checkpoints.latest(KEY).orElseThrow().epoch()).isEqualTo(2);
    checkpoints.save(KEY, after(6));
    assertThat(checkpoints.latest(KEY).orElseThrow().epoch()).isEqualTo(6);
  }

  private static Checkpoint after(int epoch) {
    float[] values = {epoch, -epoch};
    return new Checkpoint(
        epoch,
        IntStream.rangeClosed(1, epoch)
            .mapToObj(
                each ->
                    EpochPoint.newBuilder()
                        .setEpoch(each)
                        .setLearningRate(0.1)
                        .setTrainLoss(1.0 / each)
                        .setTrainAccuracy(0.5)
                        .build())
            .toList(),
        TensorSet.of(List.of(new Tensor("w", TensorRole.PRUNABLE, List.of(2L), values))));
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
  }

  private static void cutShort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  private List<Path> files(String folder) throws IOException {
    Path top = root.resolve(folder);
    if (!Files.exists(top)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
