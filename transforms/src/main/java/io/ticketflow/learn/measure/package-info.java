/** Measures of trained networks, and the recalibration of BatchNorm that precedes them. */
@NullMarked
package io.ticketflow.learn.measure;

import org.jspecify.annotations.NullMarked;
