/**
 * From an experiment's file to its end: the checks before any training, the run, what is said. *
 *
 * <p>More than twenty files: one a moment of a run's life, and one a text about it.
 */
@NullMarked
package io.ticketflow.runners.sweep;

import org.jspecify.annotations.NullMarked;
