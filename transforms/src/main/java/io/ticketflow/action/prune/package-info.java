/** Actions that make masks, and the criteria by which they do: one file each. */
@NullMarked
package io.ticketflow.action.prune;

import org.jspecify.annotations.NullMarked;
