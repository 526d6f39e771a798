/**
 * Layers of a network over plain arrays, dense and sparse. It knows the JDK alone, and it alone
 * knows the Vector API.
 *
 * <p>Images lie innermost. Dense and sparse loops, and vectors of every width, give the same bits:
 * see {@link io.ticketflow.kernel.Kernels}.
 */
@NullMarked
package io.ticketflow.kernel;

import org.jspecify.annotations.NullMarked;
