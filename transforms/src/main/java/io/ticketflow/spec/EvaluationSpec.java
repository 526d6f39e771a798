package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * How networks are measured.
 *
 * @param batchSize images a forward pass; results depend on it by the rounding of kernels alone
 * @param recalibrationBatchSize images of a batch that BatchNorm's statistics are recomputed from
 * @param recalibrationBatches how many such batches of the train split are read; 0 = all
 * @param bins equal-width bins of the expected calibration error
 * @param ensemble whether the particles of a cycle are measured as an ensemble too
 * @param mirror whether a network's logits of an image are the mean of those of the image and of
 *     its mirror image, in what is reported of solutions; choices and other measures look at images
 *     as they are
 */
public record EvaluationSpec(
    int batchSize,
    int recalibrationBatchSize,
    int recalibrationBatches,
    int bins,
    boolean ensemble,
    boolean mirror) {
  public EvaluationSpec {
    check(
        batchSize >= 1 && batchSize <= 65_536,
        "evaluation.batchSize",
        "from 1 to 65536",
        batchSize);
    check(
        recalibrationBatchSize >= 1 && recalibrationBatchSize <= 65_536,
        "evaluation.recalibrationBatchSize",
        "from 1 to 65536",
        recalibrationBatchSize);
    check(
        recalibrationBatches >= 0,
        "evaluation.recalibrationBatches",
        "at least 0",
        recalibrationBatches);
    check(bins >= 1 && bins <= 1000, "evaluation.bins", "from 1 to 1000", bins);
  }

  /** On images as they are. */
  public EvaluationSpec(
      int batchSize,
      int recalibrationBatchSize,
      int recalibrationBatches,
      int bins,
      boolean ensemble) {
    this(batchSize, recalibrationBatchSize, recalibrationBatches, bins, ensemble, false);
  }
}
