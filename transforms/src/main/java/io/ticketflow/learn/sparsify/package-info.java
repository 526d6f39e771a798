/**
 * Masks that change while a network is trained, as functions of step, weights and gradient on the
 * Java heap: each rule is one class, and the trainer that obeys them knows none by name.
 */
@NullMarked
package io.ticketflow.learn.sparsify;

import org.jspecify.annotations.NullMarked;
