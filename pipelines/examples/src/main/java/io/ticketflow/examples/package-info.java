/** Ticketflow as a library: its transforms in a pipeline that is not its own. */
@NullMarked
package io.ticketflow.examples;

import org.jspecify.annotations.NullMarked;
