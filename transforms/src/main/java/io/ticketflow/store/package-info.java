/**
 * What reaches disk: content-addressed artifacts of tensors, finished actions, and the streaming
 * operations over them whose memory does not grow with the size of a network.
 */
@NullMarked
package io.ticketflow.store;

import org.jspecify.annotations.NullMarked;
