package io.ticketflow.action;

import io.ticketflow.schemas.SweepResult;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Leftover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what dead workers have left in an output whose runs are finished. */
public final class SweepAction {
  private static final int CODE_VERSION = 1;

  private SweepAction() {}

  /**
   * The files that were removed.
   *
   * @param runs specifications of the output's runs
   */
  public static Done<SweepResult> perform(Workplace place, List<String> runs) {
    String key = ActionKey.of("sweep", CODE_VERSION, runs.stream().sorted().toList(), List.of());
    return new Actions(place)
        .perform(key, SweepResult.class, result -> Optional.empty(), () -> make(place, key));
  }

  private static SweepResult make(Workplace place, String key) {
    BlobStore blobs = place.blobs();
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    try {
      for (Leftover leftover : Leftover.ofWorkers(blobs)) {
        blobs.delete(leftover.path());
        removed.add(leftover.path());
        bytes += leftover.bytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return new SweepResult(key, removed, bytes);
  }
}
