/**
 * Writes a network of an output as a file that other programs open.
 *
 * <p>A {@link io.ticketflow.exchange.export.NetworkSource} gives the tensors one at a time; {@link
 * io.ticketflow.exchange.export.ExportFormat} names the files that they can go to. {@link
 * io.ticketflow.exchange.export.Compaction} makes a smaller network of the same function first.
 */
@NullMarked
package io.ticketflow.exchange.export;

import org.jspecify.annotations.NullMarked;
