package io.ticketflow.learn.torch;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.LoopTrainer;

/**
 * Training with DJL's PyTorch engine on one device.
 *
 * <p>Several threads may train at once, with one trainer or with several. On a CPU results have the
 * same bits for the same number of intra-op threads ({@code -Dai.djl.pytorch.num_threads=1} is
 * meant), whichever thread computes them.
 */
public final class TorchTrainer extends LoopTrainer {
  /**
   * Version of the arithmetic that this engine does with a network, in training and in measuring.
   * Raise it when the same inputs give other bits. 2: {@link Convolution}'s paths and joined last
   * batches. 3: channels in whole blocks ({@link WholeBlocks}).
   */
  public static final int ARITHMETIC = 3;

  /** A trainer on that device. */
  public TorchTrainer(Device device) {
    super(engines(device));
  }

  /** Engines on one device. */
  public static EngineFactory engines(Device device) {
    return (job, data, start) -> new TorchTraining(job, data, start, device);
  }
}
