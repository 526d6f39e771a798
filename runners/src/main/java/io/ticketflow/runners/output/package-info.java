/** The output folder: who may write to it, what it holds, and the state of the run in it. */
@NullMarked
package io.ticketflow.runners.output;

import org.jspecify.annotations.NullMarked;
