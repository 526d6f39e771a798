/** Whether a GPU trains as the CPU does: the checks of {@code doctor --gpu}, one idea a class. */
@NullMarked
package io.ticketflow.runners.gpu;

import org.jspecify.annotations.NullMarked;
