package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverTest {
  private static final String FINISHED = "1a".repeat(32);
  private static final String OPEN = "2b".repeat(32);
  private static final String PRUNING = "3c".repeat(32);

  @TempDir Path root;
  private LocalBlobs blobs;
  private ArtifactStore artifacts;

  /** An output in which everything is needed: every artifact by another kind of record. */
  @BeforeEach
  void makeOutput() throws IOException {
    blobs = new LocalBlobs(root);
    artifacts = new ArtifactStore(blobs);
    ActionStore actions = new ActionStore(blobs);
    actions.commit(FINISHED, Filed.of(training(FINISHED, artifact(1))));
    actions.commit(PRUNING, Filed.of(new ArtifactResult(PRUNING, artifact(2), List.of(), 1.0)));
    TicketRecord ticket =
        new TicketRecord(
            "imp", "imp", "", 1L, 0, 1.0, 1L, 1L, List.of(), artifact(3), artifact(4), List.of());
    blobs.write(
        "tickets/imp/cycle-00.avro",
        out -> ContainerFiles.write(TicketRecord.class, List.of(ticket), out));
    SolutionRecord solution =
        new SolutionRecord(
            "imp", "imp", "", 1L, 0, 1.0, 1L, 1L, artifact(5), List.of(artifact(6), artifact(7)));
    blobs.write(
        "solutions/imp/cycle-00.avro",
        out -> ContainerFiles.write(SolutionRecord.class, List.of(solution), out));
    new CheckpointStore(blobs).save(OPEN, checkpoint(8));
  }

  @Test
  void nothingThatIsReferredToIsLeftOver() throws IOException {
    assertThat(Leftover.ofOutput(blobs)).isEmpty();
    assertThat(Leftover.ofWorkers(blobs)).isEmpty();
  }

  @Test
  void anArtifactOfNobodyIsLeftOver() throws IOException {
    ArtifactRef lost = artifact(99);
    assertThat(Leftover.ofOutput(blobs))
        .containsExactly(new Leftover(lost.getPath(), lost.getBytes(), "nothing refers to it"));
    assertThat(Leftover.ofWorkers(blobs)).isEmpty();
  }

  @Test
  void ofAStoreNamedActionsAndTheirArtifactsAndWhatComesMeanwhileAreKept() throws IOException {
    BlobStore store = new LocalBlobs(root.resolve("store"));
    ArtifactStore there = new ArtifactStore(store);
    ActionStore actions = new ActionStore(store);
    List<ArtifactRef> refs = List.of(artifact(1), artifact(2), artifact(3));
    refs.forEach(ref -> there.take(ref, artifacts));
    actions.commit(FINISHED, Filed.of(training(FINISHED, refs.get(0))));
    actions.commit(PRUNING, Filed.of(training(PRUNING, refs.get(1))));
    store.write("actions/2b/" + OPEN + ".avro", out -> out.write(new byte[40])); // damaged
    store.write("tmp/x.1.2", out -> out.write(1));
    Set<String> kept = Set.of("actions/1a/" + FINISHED + ".avro", "actions/2b/" + OPEN + ".avro");

    List<Leftover> found =
        Leftover.ofStore(
            store,
            () -> {
              there.take(artifact(4), artifacts);
              return kept;
            });
    assertThat(found)
        .extracting(Leftover::path, Leftover::why)
        .containsExactlyInAnyOrder(
            tuple("actions/2b/" + OPEN + ".avro", "damaged"),
            tuple("actions/3c/" + PRUNING + ".avro", "no output named has it"),
            tuple(refs.get(1).getPath(), "nothing refers to it"),
            tuple(refs.get(2).getPath(), "nothing refers to it"));
  }

  @Test
  void deadWritersTemporariesAreSweptButNotTheRunnersSettings() throws IOException {
    blobs.write("tmp/x.1.2", out -> out.write(1));
    blobs.write("tmp/flink/config.yaml", out -> out.write(1));
    assertThat(Leftover.ofWorkers(blobs))
        .containsExactly(new Leftover("tmp/x.1.2", 1, "temporary file"));
  }

  @Test
  void aCheckpointGoesWithItsStatesOnceItsTrainingIsFinished() throws IOException {
    new CheckpointStore(blobs).save(FINISHED, checkpoint(50));
    new CheckpointStore(blobs).save(FINISHED, checkpoint(51));
    List<Leftover> found = Leftover.ofWorkers(blobs);
    assertThat(found).hasSize(3);
    assertThat(found).allMatch(each -> each.why().equals("checkpoint of a finished training"));
    for (Leftover each : found) {
      blobs.delete(each.path());
    }
    assertThat(Leftover.ofOutput(blobs)).isEmpty();
    assertThat(new CheckpointStore(blobs).latest(OPEN)).isPresent();
  }

  @Test
  void aDamagedActionCountsAsAbsent() throws IOException {
    String path = "actions/3c/" + PRUNING + ".avro";
    Files.write(root.resolve(path), new byte[] {1, 2, 3});
    assertThat(Leftover.ofOutput(blobs))
        .extracting(Leftover::path)
        .containsExactlyInAnyOrder(path, artifact(2).getPath());
  }

  /** Nothing may be removed while it is not known what a ticket needs. */
  @Test
  void aDamagedTicketStopsTheSearch() throws IOException {
    Files.write(root.resolve("tickets/imp/cycle-00.avro"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Leftover.ofOutput(blobs))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tickets/imp/cycle-00.avro cannot be read");
  }

  private ArtifactRef artifact(int value) {
    return artifacts.save(network(value), Masks.NONE);
  }

  private static TensorSet network(int value) {
    return TensorSet.of(
        List.of(new Tensor("w", TensorRole.PRUNABLE, List.of(1L), new float[] {value})));
  }

  private static TrainingResult training(String action, ArtifactRef weights) {
    return TrainingResult.newBuilder()
        .setAction(action)
        .setWeights(weights)
        .setEpochs(List.of())
        .setImages(0)
        .setSeconds(0)
        .setDevice("cpu")
        .build();
  }

  private static Checkpoint checkpoint(int epoch) {
    EpochPoint point =
        EpochPoint.newBuilder()
            .setEpoch(epoch)
            .setLearningRate(0.1)
            .setTrainLoss(1)
            .setTrainAccuracy(0.5)
            .build();
    return new Checkpoint(epoch, List.of(point), network(epoch));
  }
}
