/** Measures of the trainer's speed; {@code runners/bench/run} calls them beside their peer. */
@NullMarked
package io.ticketflow.runners.bench;

import org.jspecify.annotations.NullMarked;
