package io.ticketflow.runners.job;

import java.util.List;

/**
 * A job at one moment.
 *
 * @param id 32 hexadecimal digits
 * @param durationMillis from its arrival to its end, or to now
 * @param vertices its steps, in the order of the data's way
 */
public record JobDetails(
    String id, String name, JobState state, long durationMillis, List<Vertex> vertices) {
  public JobDetails {
    vertices = List.copyOf(vertices);
  }
}
