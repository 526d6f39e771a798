/** One training as a value: what it starts from, what it learns from, and by which draws. */
@NullMarked
package io.ticketflow.learn.job;

import org.jspecify.annotations.NullMarked;
