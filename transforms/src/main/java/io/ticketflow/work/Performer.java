package io.ticketflow.work;

import org.apache.avro.specific.SpecificRecord;

/**
 * Who performs the actions of runs: a {@link Worker} does them, a {@link DryRun} looks what there
 * is. The steps of a cycle are written over this port, once for both.
 */
public interface Performer {
  /** Where the actions' results are. */
  Workplace place();

  /**
   * The action's result, made, found or promised.
   *
   * @throws ActionFailedException if it cannot be had, however often it is tried
   */
  <R extends SpecificRecord> Done<R> perform(Action<R> action, Purpose purpose);

  /**
   * Puts a record on file for the output's readers, in place of one that is there.
   *
   * @param path below the output folder
   */
  <T extends SpecificRecord> void publish(String path, Class<T> type, T record);
}
