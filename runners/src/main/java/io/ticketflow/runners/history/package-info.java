/**
 * Past sweeps: outputs below a folder, with how they ended and what {@code verify} said of them.
 */
@NullMarked
package io.ticketflow.runners.history;

import org.jspecify.annotations.NullMarked;
