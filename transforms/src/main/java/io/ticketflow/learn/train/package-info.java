/**
 * Training of one particle behind the {@link io.ticketflow.learn.train.Trainer} port: what a
 * training is, its learning rates and its draws. Nothing here knows a tensor library; {@code
 * learn.torch} is the implementation.
 */
@NullMarked
package io.ticketflow.learn.train;

import org.jspecify.annotations.NullMarked;
