/**
 * Exports: which network of an output is meant, what is known of it, and the file it goes to.
 *
 * <p>How files are written is in {@code io.ticketflow.exchange}.
 */
@NullMarked
package io.ticketflow.runners.export;

import org.jspecify.annotations.NullMarked;
