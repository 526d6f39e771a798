/** From an experiment's file to its end: the checks before any training, the run, what is said. */
@NullMarked
package io.ticketflow.runners.sweep;

import org.jspecify.annotations.NullMarked;
