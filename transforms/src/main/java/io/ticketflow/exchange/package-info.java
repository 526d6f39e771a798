/**
 * Networks as files of other programs: safetensors and npz, read and written.
 *
 * <p>{@link io.ticketflow.exchange.TensorFile} reads what comes from outside and believes nothing
 * before it is checked; {@link io.ticketflow.exchange.TensorWriter} writes. Both hold at most one
 * tensor in memory. All numbers are little-endian.
 */
@NullMarked
package io.ticketflow.exchange;

import org.jspecify.annotations.NullMarked;
