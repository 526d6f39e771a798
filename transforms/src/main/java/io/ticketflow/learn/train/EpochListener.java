package io.ticketflow.learn.train;

import io.ticketflow.schemas.EpochPoint;

/** Is told of every finished epoch, in the training's thread; for progress, never for results. */
@FunctionalInterface
public interface EpochListener {
  /** Hears nothing. */
  EpochListener NONE = (point, imagesPerSecond) -> {};

  /**
   * Hears of an epoch that has ended.
   *
   * @param imagesPerSecond training images over the epoch's wall time, without validation
   */
  void finished(EpochPoint point, double imagesPerSecond);
}
