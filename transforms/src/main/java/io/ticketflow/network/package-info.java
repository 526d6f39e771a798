/**
 * Networks in memory: tensors by name, which of them are excluded, and how masks of them change.
 */
@NullMarked
package io.ticketflow.network;

import org.jspecify.annotations.NullMarked;
