package io.ticketflow.work;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far one training is: a small JSON file progress/ACTION.json, which its trainer replaces as it
 * goes on and any process may read.
 *
 * @param particle −1 for the training to the matching ticket
 * @param epoch the last finished one, counted from the start of dense training
 * @param startEpoch where this training began
 * @param endEpoch where it ends
 * @param loss of the last epoch on the train split
 * @param accuracy of the live weights on validation, or on the train split where that is not
 *     measured
 */
public record TrainingProgress(
    String action,
    String run,
    int cycle,
    int particle,
    int epoch,
    int startEpoch,
    int endEpoch,
    @Nullable Double loss,
    @Nullable Double accuracy,
    double imagesPerSecond,
    State state) {
  /** Its own mapper: the one of specifications refuses null. */
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The folder of these files. */
  public static final String FOLDER = "progress";

  /** The path of such a file, and of none that a user put beside it. */
  private static final Pattern PATH = Pattern.compile(FOLDER + "/[0-9a-f]{64}\\.json");

  /** What has become of a training. */
  public enum State {
    RUNNING,
    DONE,
    FOUND,
    FAILED
  }

  /** Which training it is. */
  record Subject(String action, String run, int cycle, int particle, int startEpoch, int endEpoch) {
    TrainingProgress at(
        int epoch,
        @Nullable Double loss,
        @Nullable Double accuracy,
        double imagesPerSecond,
        State state) {
      return new TrainingProgress(
          action,
          run,
          cycle,
          particle,
          epoch,
          startEpoch,
          endEpoch,
          loss,
          accuracy,
          imagesPerSecond,
          state);
    }
  }

  void write(BlobStore blobs) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(this);
    blobs.write(FOLDER + "/" + action + ".json", out -> out.write(json));
  }

  /** Every training that has told of itself, in the order of their keys. */
  public static List<TrainingProgress> readAll(BlobStore blobs) throws IOException {
    return readAll(blobs, new HashMap<>());
  }

  /**
   * The same, for who looks again and again: a training that was seen at its end is not read anew.
   *
   * @param ended those of earlier looks, by path; those of this one are added
   */
  public static List<TrainingProgress> readAll(BlobStore blobs, Map<String, TrainingProgress> ended)
      throws IOException {
    List<TrainingProgress> all = new ArrayList<>();
    for (String path : files(blobs)) {
      TrainingProgress known = ended.get(path);
      if (known != null) {
        all.add(known);
        continue;
      }
      try (InputStream in = blobs.open(path)) {
        TrainingProgress read = MAPPER.readValue(in, TrainingProgress.class);
        all.add(read);
        if (read.state() == State.DONE || read.state() == State.FOUND) {
          ended.put(path, read);
        }
      } catch (NoSuchFileException e) {
        // swept meanwhile; progress is for the eye, nothing depends on it
      }
    }
    return all;
  }

  /** Removes all progress files, and no other file of the folder. */
  public static void clear(BlobStore blobs) throws IOException {
    for (String path : files(blobs)) {
      blobs.delete(path);
    }
  }

  private static List<String> files(BlobStore blobs) throws IOException {
    return blobs.list(FOLDER).stream().filter(PATH.asMatchPredicate()).toList();
  }
}
