package io.ticketflow.learn.flow;

/** A node of the network: from what it reads to what it gives, and back. */
interface Step {
  /** Computes the values. */
  void forward();

  /** Adds to the derivatives in what it reads and in its weights. */
  void backward();
}
