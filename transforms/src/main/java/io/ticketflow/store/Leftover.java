package io.ticketflow.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file of an output that nothing needs any more.
 *
 * @param path in the output
 * @param why in a few words
 */
public record Leftover(String path, long bytes, String why) {
  /** What the runner inside the client's process reads. */
  private static final String RUNNER = "tmp/flink/";

  /**
   * What dead workers have left: temporary files, and checkpoints of trainings that are finished.
   * Meant for the end of a job, when nobody writes but those believed dead.
   */
  public static List<Leftover> ofWorkers(BlobStore blobs) throws IOException {
    List<Leftover> found = new ArrayList<>();
    for (String path : blobs.list("tmp")) {
      if (!path.startsWith(RUNNER)) {
        add(found, blobs, path, "temporary file");
      }
    }
    for (String path : blobs.list("checkpoints")) {
      if (blobs.exists(path.replaceFirst("checkpoints", "actions"))) {
        add(found, blobs, path, "checkpoint of a finished training");
        References states = new References(blobs);
        if (readable(states, path)) {
          for (String state : states.paths()) {
            add(found, blobs, state, "checkpoint of a finished training");
          }
        }
      }
    }
    return found;
  }

  /** Removes {@link #ofWorkers}. */
  public static void sweepWorkers(BlobStore blobs) throws IOException {
    for (Leftover leftover : ofWorkers(blobs)) {
      blobs.delete(leftover.path());
    }
  }

  /**
   * All that no ticket, solution, pool, action or unfinished training refers to. Meant for an
   * output that no job writes to.
   *
   * @throws IOException naming the file, if a ticket, solution or pool cannot be read: what it
   *     needs is not known then
   */
  public static List<Leftover> ofOutput(BlobStore blobs) throws IOException {
    List<Leftover> found = new ArrayList<>(ofWorkers(blobs));
    Set<String> known = new HashSet<>();
    found.forEach(each -> known.add(each.path()));
    References needed = new References(blobs);
    for (String folder : List.of("tickets", "solutions", "pools")) {
      for (String path : blobs.list(folder)) {
        needed.addFrom(path);
      }
    }
    for (String folder : List.of("actions", "checkpoints")) {
      for (String path : blobs.list(folder)) {
        if (!known.contains(path) && !readable(needed, path)) {
          // It counts as absent: the action is done again, or the training begins anew.
          add(found, blobs, path, "damaged");
        }
      }
    }
    for (String path : blobs.list("artifacts")) {
      if (!known.contains(path) && !needed.paths().contains(path)) {
        add(found, blobs, path, "nothing refers to it");
      }
    }
    for (String path : blobs.list(AttemptStore.FOLDER)) {
      add(found, blobs, path, "attempt of an earlier job");
    }
    return found;
  }

  /**
   * All of a store but the named actions and the artifacts that they refer to. Temporary files
   * stay: others may be writing them.
   *
   * @param needed paths of actions, asked for once the store has been looked through, so that what
   *     comes meanwhile stays
   */
  public static List<Leftover> ofStore(BlobStore store, Supplier<Set<String>> needed)
      throws IOException {
    List<String> artifacts = store.list("artifacts"); // first: their actions come after them
    List<String> actions = store.list("actions");
    Set<String> kept = needed.get();
    List<Leftover> found = new ArrayList<>();
    References references = new References(store);
    for (String path : actions) {
      if (!kept.contains(path)) {
        add(found, store, path, "no output named has it");
      } else if (!readable(references, path)) {
        add(found, store, path, "damaged");
      }
    }
    for (String path : artifacts) {
      if (!references.paths().contains(path)) {
        add(found, store, path, "nothing refers to it");
      }
    }
    return found;
  }

  private static boolean readable(References references, String path) throws IOException {
    try {
      references.addFrom(path);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  /** A file that goes away meanwhile is none. */
  private static void add(List<Leftover> found, BlobStore blobs, String path, String why)
      throws IOException {
    try {
      found.add(new Leftover(path, blobs.size(path), why));
    } catch (NoSuchFileException e) {
      // its owner has removed it
    }
  }
}
