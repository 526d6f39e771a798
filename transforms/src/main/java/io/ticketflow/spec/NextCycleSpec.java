package io.ticketflow.spec;

/**
 * What the next cycle starts from, once the mask has shrunk.
 *
 * <p>REWIND with REWOUND is weight rewinding, AVERAGED with REWOUND is learning-rate rewinding
 * (Renda, Frankle, Carbin 2020), AVERAGED with LAST is fine-tuning.
 *
 * @param weights which weights the mask is laid on
 * @param schedule which learning rates they are trained with
 */
public record NextCycleSpec(Weights weights, Schedule schedule) {
  /** Which weights start the next cycle. */
  public enum Weights {
    /** The matching ticket's. */
    REWIND,
    /** The merged network's of the cycle before. */
    AVERAGED
  }

  /** Which learning rates the next cycle is trained with. */
  public enum Schedule {
    /** Those of epochs T0 … T. */
    REWOUND,
    /** The schedule's last one, throughout. */
    LAST
  }
}
