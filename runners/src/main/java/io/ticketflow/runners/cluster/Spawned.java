package io.ticketflow.runners.cluster;

/**
 * A process that this one has just started.
 *
 * @param known as every command finds it again
 * @param handle of the process, also in the moments in which it has no command line to know it by:
 *     as one program takes the place of another
 */
record Spawned(ClusterProcess known, ProcessHandle handle) {}
