package io.ticketflow.runners.job;

import io.ticketflow.spec.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a cluster suits: each refusal is one sentence with a key and what to set it to. */
public final class ClusterChecks {
  private static final String LINE = "1.19";
  private static final String ADAPTIVE = "execution.batch.adaptive.auto-parallelism.enabled";
  private static final String PARENT_FIRST = "classloader.parent-first-patterns.additional";

  /** The second is the older spelling of the first. */
  private static final List<String> RESTART = List.of("restart-strategy.type", "restart-strategy");

  private static final List<String> NO_RESTART = List.of("none", "off", "disable");
  private static final Pattern ENGINE = Pattern.compile("(?:.*[/\\\\])?pytorch-engine-(.+)\\.jar");
  private static final String DJL = "ai.djl.";

  private ClusterChecks() {}

  /**
   * Refuses a cluster on which trainings would run one after another, not be taken up after a
   * fault, or not run at all. More parallelism than slots is no reason: TaskManagers may join.
   *
   * @param djl version of the engine's library here
   * @throws UserException in one sentence
   */
  public static void check(ClusterFacts cluster, String djl) {
    if (!cluster.version().startsWith(LINE + ".")) {
      throw refused(
          cluster, "runs Flink " + cluster.version() + ": Ticketflow needs Flink " + LINE);
    }
    String adaptive = cluster.setting(ADAPTIVE).orElse("not set, which means true");
    if (!adaptive.equals("false")) {
      throw refused(
          cluster,
          "would run trainings one after another ("
              + ADAPTIVE
              + " is "
              + adaptive
              + "): set it to false in the cluster's configuration");
    }
    checkRestart(cluster);
    checkEngine(cluster, djl);
    checkSlots(cluster);
  }

  private static void checkRestart(ClusterFacts cluster) {
    String key =
        RESTART.stream().filter(k -> cluster.setting(k).isPresent()).findFirst().orElse("");
    Optional<String> strategy = cluster.setting(key);
    if (strategy.filter(s -> !NO_RESTART.contains(s.toLowerCase(Locale.ROOT))).isEmpty()) {
      throw refused(
          cluster,
          "would end the run at the first worker that is lost ("
              + strategy.map(s -> key + " is " + s).orElse(RESTART.get(0) + " is not set")
              + "): set "
              + RESTART.get(0)
              + " to exponential-delay in the cluster's configuration");
    }
  }

  private static void checkEngine(ClusterFacts cluster, String djl) {
    List<String> engines =
        cluster.classPath().stream()
            .map(ENGINE::matcher)
            .filter(Matcher::matches)
            .map(m -> m.group(1))
            .toList();
    if (engines.isEmpty()) {
      throw refused(
          cluster,
          "has no DJL in its lib/ folder (pytorch-engine-"
              + djl
              + ".jar is not on its class path): copy DJL's api, pytorch-engine, pytorch-jni and"
              + " pytorch-native jars there, on every machine, and start it again");
    }
    if (!engines.contains(djl)) {
      throw refused(
          cluster,
          "has DJL "
              + String.join(" and ", engines)
              + " in its lib/ folder, and this Ticketflow computes with DJL "
              + djl
              + ": put that one there");
    }
    String patterns = cluster.setting(PARENT_FIRST).orElse("");
    boolean first =
        Arrays.stream(patterns.split("[;,\\[\\]\\s'\"]+"))
            .anyMatch(pattern -> !pattern.isBlank() && DJL.startsWith(pattern));
    if (!first) {
      throw refused(
          cluster,
          "could run one job only, as native libraries load once ("
              + PARENT_FIRST
              + " is "
              + (patterns.isBlank() ? "not set" : patterns)
              + "): add "
              + DJL
              + " to it in the cluster's configuration");
    }
  }

  private static void checkSlots(ClusterFacts cluster) {
    if (cluster.slots() < 1) {
      throw refused(
          cluster,
          "has no slots, as no TaskManager has registered: start one, or wait until it has");
    }
  }

  private static UserException refused(ClusterFacts cluster, String why) {
    return UserException.of("The cluster at %s %s.", cluster.address(), why);
  }
}
