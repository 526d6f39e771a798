/**
 * How the hands of a pipeline share its work: each takes what is free, so that no run waits for
 * another. What is done here are the actions of {@link io.ticketflow.method}'s steps, ahead of the
 * stages that ask for them, which then find them finished. It decides when something is done and by
 * whom, and no result.
 */
@NullMarked
package io.ticketflow.method.queue;

import org.jspecify.annotations.NullMarked;
