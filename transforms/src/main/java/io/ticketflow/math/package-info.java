/**
 * The mathematics of pruning and averaging on the JDK and the kernels alone: arrays in, arrays out.
 * Everything here is deterministic; every draw comes from {@link io.ticketflow.math.KeyedRandom}.
 *
 * <p>More than twenty files, as each holds one function that depends on no other room.
 */
@NullMarked
package io.ticketflow.math;

import org.jspecify.annotations.NullMarked;
