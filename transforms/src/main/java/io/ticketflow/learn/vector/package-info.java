/**
 * Training in plain Java with vectors, of networks whose layers {@code io.ticketflow.kernel} knows:
 * what a step costs falls with the density, and its bits are the same on every machine.
 */
@NullMarked
package io.ticketflow.learn.vector;

import org.jspecify.annotations.NullMarked;
