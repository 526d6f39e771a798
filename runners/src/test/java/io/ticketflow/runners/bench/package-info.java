/** Measures of the trainer's speed; {@code runners/bench} calls them beside their peers. */
@NullMarked
package io.ticketflow.runners.bench;

import org.jspecify.annotations.NullMarked;
