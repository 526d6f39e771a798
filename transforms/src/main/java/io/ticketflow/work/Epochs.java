package io.ticketflow.work;

/**
 * The epochs of a training.
 *
 * @param before epochs that its schedule has behind it
 * @param end the last one; equal to {@code before} if there are none
 * @param passes of the train split's images through the network, in all
 */
public record Epochs(int before, int end, long passes) {
  /** How many there are. */
  public int count() {
    return end - before;
  }
}
