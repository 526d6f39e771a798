package io.ticketflow.runners.launch;

import io.ticketflow.runners.job.ClusterFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where a pipeline runs, checked. */
public sealed interface Target {
  /** Beam's options to build it with. */
  PipelineOptions options();

  /**
   * In this process, and until its end.
   *
   * @param made the options, once there is a pipeline to build
   */
  record Here(Supplier<PipelineOptions> made) implements Target {
    @Override
    public PipelineOptions options() {
      return made.get();
    }
  }

  /**
   * On a cluster of other processes.
   *
   * @param facts of the cluster, which suits
   * @param jars that the job needs and the cluster does not have
   * @param notices to the user, a sentence each
   */
  record Cluster(PipelineOptions options, ClusterFacts facts, List<Path> jars, List<String> notices)
      implements Target {
    public Cluster {
      jars = List.copyOf(jars);
      notices = List.copyOf(notices);
    }
  }
}
