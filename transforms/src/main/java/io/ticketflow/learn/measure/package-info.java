/**
 * Measures of trained networks, the recalibration of BatchNorm that precedes them, and the scores
 * that criteria of pruning give to weights by gradients or flow.
 */
@NullMarked
package io.ticketflow.learn.measure;

import org.jspecify.annotations.NullMarked;
