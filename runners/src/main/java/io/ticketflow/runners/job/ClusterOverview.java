package io.ticketflow.runners.job;

/**
 * What a JobManager says of its cluster.
 *
 * @param taskManagers registered, dead ones until their heartbeat is missed
 * @param slots of all of them
 * @param freeSlots of those
 * @param jobsRunning now
 */
public record ClusterOverview(int taskManagers, int slots, int freeSlots, int jobsRunning) {}
