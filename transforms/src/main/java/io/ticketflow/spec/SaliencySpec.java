package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * What criteria that look at gradients take them of.
 *
 * @param batchSize training images of one gradient, drawn by the run's seed, as many of each class;
 *     0 = ten a class, in as few gradients as have at most 500 images
 * @param batches gradients that are averaged; of ten a class, so many times ten
 * @param rounds of SynFlow's exponential descent to the density
 * @param temperature that GraSP divides logits by
 */
public record SaliencySpec(int batchSize, int batches, int rounds, double temperature) {
  public SaliencySpec {
    String at = "pruning.saliency.";
    check(batchSize >= 0 && batchSize <= 65_536, at + "batchSize", "from 0 to 65536", batchSize);
    check(batches >= 1 && batches <= 10_000, at + "batches", "from 1 to 10000", batches);
    check(rounds >= 1 && rounds <= 10_000, at + "rounds", "from 1 to 10000", rounds);
    check(temperature > 0, at + "temperature", "above 0", temperature);
  }

  /** Images a class that GraSP's authors take; SNIP's hundred for ten classes are as many. */
  private static final int A_CLASS = 10;

  private static final int MOST_AT_ONCE = 500;

  /** The same with {@code batchSize} above 0, for data of so many classes. */
  public SaliencySpec of(int classes) {
    if (batchSize > 0) {
      return this;
    }
    int images = A_CLASS * classes;
    int parts = (images + MOST_AT_ONCE - 1) / MOST_AT_ONCE;
    int size = (images + parts - 1) / parts;
    return new SaliencySpec(size, batches * parts, rounds, temperature);
  }
}
