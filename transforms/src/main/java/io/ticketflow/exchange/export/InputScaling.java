package io.ticketflow.exchange.export;

import java.util.List;

/**
 * How pixels from 0 to 1 become what the network was trained on: (pixel − mean) / std, a channel
 * each.
 *
 * @param std positive
 */
public record InputScaling(List<Float> mean, List<Float> std) {
  /** Names of the two among a network's tensors. */
  static final String MEAN = "input_mean";

  static final String STD = "input_std";

  public InputScaling {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
