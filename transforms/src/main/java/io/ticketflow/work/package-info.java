/**
 * How expensive things are done: an {@link io.ticketflow.work.Action} says what is to be made and
 * has a key, the digest of all that its result depends on; a {@link io.ticketflow.work.Performer}
 * makes it, finds it made, or only looks. That one mechanism serves retries, resuming, the sharing
 * of trainings inside a sweep, and its plan.
 *
 * <p>More than twenty files: attempts, deaths and checkpoints are the worker's own business, and
 * hidden in here.
 */
@NullMarked
package io.ticketflow.work;

import org.jspecify.annotations.NullMarked;
