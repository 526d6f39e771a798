package io.ticketflow.learn.vector;

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

  public VectorTrainer() {
    super(engines());
  }

  /** Its engines. */
  public static EngineFactory engines() {
    return VectorTraining::new;
  }
}
