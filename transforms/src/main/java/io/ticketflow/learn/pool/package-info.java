/**
 * Networks made of trained ones without training their weights: greedy and learned soups of a
 * cycle's particles, Lottery Pools over a run's solutions, and the averages of tickets that these
 * are compared with. Every choice is made by a {@link io.ticketflow.learn.pool.Validator}, or by
 * the loss on the validation split; none sees test images.
 */
@NullMarked
package io.ticketflow.learn.pool;

import org.jspecify.annotations.NullMarked;
