/** How the process ends: by its own decision or by a signal, and never by half of each. */
@NullMarked
package io.ticketflow.runners.ending;

import org.jspecify.annotations.NullMarked;
