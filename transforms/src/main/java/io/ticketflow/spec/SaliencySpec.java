package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * What criteria that look at gradients take them of.
 *
 * @param batchSize training images of one gradient, drawn by the run's seed
 * @param batches gradients that are averaged
 * @param rounds of SynFlow's exponential descent to the density
 * @param temperature that GraSP divides logits by
 */
public record SaliencySpec(int batchSize, int batches, int rounds, double temperature) {
  public SaliencySpec {
    String at = "pruning.saliency.";
    check(batchSize >= 1 && batchSize <= 65_536, at + "batchSize", "from 1 to 65536", batchSize);
    check(batches >= 1 && batches <= 10_000, at + "batches", "from 1 to 10000", batches);
    check(rounds >= 1 && rounds <= 10_000, at + "rounds", "from 1 to 10000", rounds);
    check(temperature > 0, at + "temperature", "above 0", temperature);
  }
}
