/**
 * Corruptions of images as Hendrycks and Dietterich define them ("Benchmarking neural network
 * robustness to common corruptions and perturbations", ICLR 2019), with the strengths of
 * CIFAR-10-C. Lengths, such as radii, are those of images of 32 pixels and grow with the side.
 */
@NullMarked
package io.ticketflow.math.corrupt;

import org.jspecify.annotations.NullMarked;
