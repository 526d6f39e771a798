/** Which of a worker's processors a training runs on. */
@NullMarked
package io.ticketflow.learn.device;

import org.jspecify.annotations.NullMarked;
