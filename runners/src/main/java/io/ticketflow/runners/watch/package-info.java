/** A live page about a run, which is only looked at: files are read, and none is written. */
@NullMarked
package io.ticketflow.runners.watch;

import org.jspecify.annotations.NullMarked;
