package io.ticketflow.runners.data;

/** Told how far a download has come. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = (file, done, total) -> {};

  /**
   * Called at the start, every few kilobytes and at the end, on the thread that fetches.
   *
   * @param file which file
   * @param done its bytes that have arrived, those of an earlier attempt included
   * @param total its length
   */
  void at(String file, long done, long total);
}
