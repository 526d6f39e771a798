/**
 * What is looked at beside the accuracy of a cycle's solution, in the cycle ({@link
 * io.ticketflow.method.measure.SolutionMeasure}) or once all cycles are there ({@link
 * io.ticketflow.method.measure.Survey}): one file each.
 */
@NullMarked
package io.ticketflow.method.measure;

import org.jspecify.annotations.NullMarked;
