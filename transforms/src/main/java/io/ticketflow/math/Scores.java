package io.ticketflow.math;

/**
 * Measures of a network, or of an ensemble, over images.
 *
 * @param images how many, at least 1
 * @param loss cross-entropy with label smoothing, mean over images, in nats
 * @param accuracy fraction of images whose most probable class is the label
 * @param nll negative log-likelihood of the label, mean over images, in nats
 * @param ece expected calibration error, in [0, 1]
 * @param brier squared error of the probabilities, summed over classes, mean over images: in [0, 2]
 * @param worstClassAccuracy the least accuracy over the images of one class, of the classes present
 */
public record Scores(
    long images,
    double loss,
    double accuracy,
    double nll,
    double ece,
    double brier,
    double worstClassAccuracy) {}
