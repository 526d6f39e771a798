package io.ticketflow.runners.progress;

import io.ticketflow.store.BlobStore;
import io.ticketflow.work.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the trainers of an output report, for who looks again and again: an end is read once. */
public final class Reports implements Supplier<List<TrainingProgress>> {
  private final BlobStore output;
  private final Map<String, TrainingProgress> ended = new ConcurrentHashMap<>();

  /** Of an output that nobody has looked at. */
  public Reports(BlobStore output) {
    this.output = output;
  }

  @Override
  public List<TrainingProgress> get() {
    try {
      return TrainingProgress.readAll(output, ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
