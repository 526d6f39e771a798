/**
 * What reaches disk: content-addressed artifacts of tensors, finished actions, and the streaming
 * operations over them whose memory does not grow with the size of a network.
 *
 * <p>More than twenty files: what streams an artifact (chunks, spans, readers, writers) is
 * package-private, so that nobody else depends on the layout.
 */
@NullMarked
package io.ticketflow.store;

import org.jspecify.annotations.NullMarked;
