package io.ticketflow.runners.launch;

import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.runners.cluster.JobJar;
import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.runners.job.ClusterChecks;
import io.ticketflow.runners.job.ClusterClient;
import io.ticketflow.runners.job.ClusterFacts;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/** Options for a cluster of other processes, after a look at it. */
final class ClusterLaunch {
  private ClusterLaunch() {}

  /**
   * The target, if the cluster suits.
   *
   * @param places paths or URIs that workers read and write
   * @throws UserException in one sentence
   */
  static Target.Cluster target(BeamArguments given, ClusterAddress address, List<String> places) {
    FlinkPipelineOptions wanted = given.options().as(FlinkPipelineOptions.class);
    ClusterFacts facts = facts(address);
    OptionalInt parallelism =
        given.has("parallelism") ? OptionalInt.of(wanted.getParallelism()) : OptionalInt.empty();
    ClusterChecks.check(facts, TorchEngine.version());
    int tasks = parallelism.orElse(facts.freeSlots() > 0 ? facts.freeSlots() : facts.slots());
    BeamArguments arguments =
        given.withDefault("useDataStreamForBatch", true).withDefault("parallelism", tasks);
    return new Target.Cluster(
        arguments.options(), facts, jars(wanted, facts, places), notices(facts, tasks, places));
  }

  private static ClusterFacts facts(ClusterAddress address) {
    try {
      return new ClusterClient(address).facts();
    } catch (IOException e) {
      throw UserException.of(
          "There is no Flink cluster at --flinkMaster=%s: %s ('ticketflow cluster start' "
              + "starts one on this machine).",
          address, e.getMessage());
    }
  }

  /** What is sent: the jars that the user names, or this build's unless the cluster has it. */
  private static List<Path> jars(
      FlinkPipelineOptions wanted, ClusterFacts facts, List<String> places) {
    List<String> given = wanted.getFilesToStage();
    boolean named = given != null && !given.isEmpty();
    List<Path> jars =
        named ? given.stream().map(Path::of).toList() : JobJar.own().stream().toList();
    if (jars.isEmpty()) {
      throw UserException.of(
          "The jar for the cluster is not known: start with bin/ticketflow, or give "
              + "-D%s=runners/target/ticketflow-job.jar to Java.",
          JobJar.PROPERTY);
    }
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw UserException.of("The jar for the cluster is not there: %s.", jar);
      }
    }
    return !named && isThere(jars.get(0), facts, places) ? List.of() : jars;
  }

  /**
   * Whether the classes that the cluster has will do. Beam keeps the options of storage once for
   * all who share its classes, so a job with an output elsewhere than in a folder has classes of
   * its own.
   */
  private static boolean isThere(Path jar, ClusterFacts facts, List<String> places) {
    try {
      return places.stream().allMatch(place -> new Location(place).folder().isPresent())
          && JobJar.isOn(facts.classPath(), jar);
    } catch (IOException e) {
      throw UserException.of("The jar for the cluster cannot be read: %s.", e.getMessage());
    }
  }

  private static List<String> notices(ClusterFacts facts, int tasks, List<String> places) {
    List<String> notices = new ArrayList<>();
    slots(facts, tasks).ifPresent(notices::add);
    for (String place : places) {
      if (!facts.address().isLoopback() && !place.contains("://")) {
        notices.add(
            "The cluster at "
                + facts.address()
                + " must see the folder "
                + place
                + " under this very path: if it does not, name a shared one.");
      }
    }
    return notices;
  }

  /** What to say if not all tasks can run at once now. */
  private static Optional<String> slots(ClusterFacts facts, int tasks) {
    if (facts.freeSlots() >= tasks) {
      return Optional.empty();
    }
    if (facts.freeSlots() == 0) {
      return Optional.of("All slots of the cluster are taken: the job waits until some are free.");
    }
    return Optional.of(
        tasks <= facts.slots()
            ? String.format(
                Locale.ROOT,
                "Of %d slots %d are free: the rest is waited for.",
                tasks,
                facts.freeSlots())
            : String.format(
                Locale.ROOT,
                "The cluster has %d slots, %d of them free, and --parallelism is %d: as many run at"
                    + " once as there are slots, and those that join are used.",
                facts.slots(),
                facts.freeSlots(),
                tasks));
  }
}
