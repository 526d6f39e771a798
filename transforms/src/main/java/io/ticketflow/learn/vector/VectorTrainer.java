package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.KernelChoice;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.LoopTrainer;

/**
 * Training in plain Java, by vectors where the JVM has them. Its bits are the same on every
 * machine, and with every width of vectors.
 */
public final class VectorTrainer extends LoopTrainer {
  /**
   * Version of the arithmetic that this engine does. Raise it when the same inputs give other bits.
   */
  public static final int ARITHMETIC = 1;

  /**
   * A trainer.
   *
   * @param threads of one training; no bit depends on them
   */
  public VectorTrainer(int threads) {
    super(engines(threads));
  }

  /** Its engines. */
  public static EngineFactory engines(int threads) {
    return (job, data, start) ->
        new VectorTraining(new Crew(KernelChoice.best(), threads), job, data, start);
  }
}
