/**
 * What Ticketflow survives: every fault is brought about in real processes, and the tables that
 * come out at last must be those of an undisturbed run, to the byte.
 */
@NullMarked
package io.ticketflow.runners.faults;

import org.jspecify.annotations.NullMarked;
