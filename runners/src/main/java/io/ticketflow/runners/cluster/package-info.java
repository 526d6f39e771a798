/**
 * A Flink cluster of real processes on this machine: a JobManager and its TaskManagers, which a
 * folder remembers.
 *
 * <p>A process is known by its number and by a token in its command line, so that a number that the
 * system gave to somebody else since is never mistaken for one of ours.
 */
@NullMarked
package io.ticketflow.runners.cluster;

import org.jspecify.annotations.NullMarked;
