/**
 * Jobs on a Flink cluster, over its REST interface: what the cluster is like, whether it suits, how
 * a job is sent, followed and cancelled.
 */
@NullMarked
package io.ticketflow.runners.job;

import org.jspecify.annotations.NullMarked;
