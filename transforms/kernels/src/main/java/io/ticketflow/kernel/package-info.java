/**
 * Layers of a network over plain arrays, dense and sparse. It knows the JDK alone, and it alone
 * knows the Vector API.
 *
 * <p>Images lie innermost. Dense and sparse loops, and vectors of every width, give the same bits:
 * see {@link io.ticketflow.kernel.Kernels}.
 *
 * <p>It is one large package so that all but layers, maps and crews is hidden from who trains.
 */
@NullMarked
package io.ticketflow.kernel;

import org.jspecify.annotations.NullMarked;
