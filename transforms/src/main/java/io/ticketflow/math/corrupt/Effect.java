package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** What a corruption does to one image. */
@FunctionalInterface
interface Effect {
  /**
   * The corrupted image.
   *
   * @param image is left as it is
   * @param severity from 0, the mildest, to 4
   * @return values from 0 to 1
   */
  Picture apply(Picture image, int severity, KeyedRandom random);
}
