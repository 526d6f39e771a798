package io.ticketflow.store;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.CheckpointRecord;
import io.ticketflow.schemas.CheckpointState;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.TensorRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest states of unfinished trainings, by the keys of their actions: {@code
 * checkpoints/ab/KEY.avro}, which refers to two artifacts.
 *
 * <p>A state is written aside, read back and compared with its digest, and only then does the
 * record name it in place of an older one: a writer that dies leaves the last good states, on any
 * store whose files appear whole. What is damaged counts as absent. Two writers of one key, one of
 * them believed dead, write the same states and can only set each other back.
 */
public final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final int KEPT_STATES = 2;

  private final BlobStore blobs;
  private final ArtifactStore artifacts;

  /** Checkpoints among those files. */
  public CheckpointStore(BlobStore blobs) {
    this.blobs = blobs;
    this.artifacts = new ArtifactStore(blobs);
  }

  /**
   * Files a state as the newest of that training.
   *
   * @throws UncheckedIOException naming the file, if storage fails; what was filed before stays
   */
  public void save(String action, Checkpoint checkpoint) {
    List<CheckpointState> before =
        record(action).map(CheckpointRecord::getStates).orElse(List.of());
    CheckpointState newest =
        new CheckpointState(
            checkpoint.epoch(), artifacts.save(signed(action, checkpoint), Masks.NONE));
    artifacts.verify(newest.getTensors());
    List<CheckpointState> states = new ArrayList<>(List.of(newest));
    before.stream().filter(state -> state.getEpoch() < newest.getEpoch()).forEach(states::add);
    List<CheckpointState> kept = states.subList(0, Math.min(KEPT_STATES, states.size()));
    CheckpointRecord record = new CheckpointRecord(action, checkpoint.epochs(), kept);
    try {
      byte[] file = SealedRecord.seal(CheckpointRecord.class, record);
      blobs.write(path(action), out -> out.write(file));
      for (CheckpointState state : states.subList(kept.size(), states.size())) {
        blobs.delete(state.getTensors().getPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The newest state of a training that is as it was written, if there is one. */
  public Optional<Checkpoint> latest(String action) {
    Optional<CheckpointRecord> record = record(action);
    for (CheckpointState state : record.map(CheckpointRecord::getStates).orElse(List.of())) {
      try {
        TensorSet tensors = artifacts.load(state.getTensors());
        List<EpochPoint> epochs =
            record.orElseThrow().getEpochs().stream()
                .filter(point -> point.getEpoch() <= state.getEpoch())
                .toList();
        return Optional.of(new Checkpoint(state.getEpoch(), epochs, tensors));
      } catch (DamagedArtifactException e) {
        LOG.warn("{}; the training goes on from an older checkpoint.", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The epoch of the newest state that is filed, whole or not; 0 if there is none. */
  public int lastEpoch(String action) {
    return record(action).stream()
        .flatMap(record -> record.getStates().stream())
        .mapToInt(CheckpointState::getEpoch)
        .max()
        .orElse(0);
  }

  /** Removes what is filed for a training, if there is anything. */
  public void delete(String action) {
    Optional<CheckpointRecord> record = record(action);
    try {
      blobs.delete(path(action));
      for (CheckpointState state : record.map(CheckpointRecord::getStates).orElse(List.of())) {
        blobs.delete(state.getTensors().getPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private Optional<CheckpointRecord> record(String action) {
    return SealedRecord.find(blobs, path(action), CheckpointRecord.class, "it is not used")
        .filter(record -> record.getAction().equals(action));
  }

  /**
   * The state with its action's name in it: an artifact is named by its content, and two trainings
   * that agree so far must not delete each other's.
   */
  private static TensorSet signed(String action, Checkpoint checkpoint) {
    List<Tensor> tensors = new ArrayList<>(checkpoint.state().tensors());
    tensors.add(
        new Tensor("checkpoint of " + action, TensorRole.BUFFER, List.of(1L), new float[1]));
    return TensorSet.of(tensors);
  }

  private static String path(String action) {
    return "checkpoints/" + ActionKey.fileName(action);
  }
}
