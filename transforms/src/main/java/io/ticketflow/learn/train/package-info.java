/** Training of one particle behind the {@link io.ticketflow.learn.train.Trainer} port. */
@NullMarked
package io.ticketflow.learn.train;

import org.jspecify.annotations.NullMarked;
