package io.ticketflow.spec;

/** What computes with networks: trains them, recalibrates and measures them. */
public enum EngineName {
  /** The quicker one for the run's network and devices; a run that is planned names it. */
  AUTO,
  /** libtorch, on CPUs and GPUs: the cost of a step does not fall with density. */
  TORCH,
  /**
   * Plain Java by vectors, on CPUs: the cost falls with density, and bits are those of any other
   * machine.
   */
  JAVA
}
