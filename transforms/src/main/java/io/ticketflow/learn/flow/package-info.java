/**
 * The flow through a network for one image of ones, in doubles and in plain Java: what SynFlow asks
 * for. Its bits are the same on every machine, and it costs nothing where weights are 0.
 */
@NullMarked
package io.ticketflow.learn.flow;

import org.jspecify.annotations.NullMarked;
