package io.ticketflow.runners.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts processes that outlive this one, with what training needs in their environment. */
final class Spawn {
  /** The setting of how many trainings a TaskManager has at once. */
  static final String SLOTS = "taskmanager.numberOfTaskSlots";

  /** As in bin/environment, which says why; whoever starts this program may set others. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MALLOC_TRIM_THRESHOLD_", "4294967296",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TOP_PAD_", "268435456",
          "OPT_OUT_TRACKING", "true",
          "DJL_OFFLINE", "true");

  /**
   * Folders for caches, and for libraries that are unpacked: what suits this process suits them.
   */
  private static final List<String> LIKE_HERE = List.of("user.home", "java.io.tmpdir");

  private Spawn() {}

  /** Starts one and writes its number into the folder. */
  static Spawned process(Role role, String name, Map<String, String> settings, ClusterFolder folder)
      throws IOException {
    ClusterProcess announced = ClusterProcess.announced(name, UUID.randomUUID().toString());
    List<String> command = new ArrayList<>();
    // A session of its own: Ctrl-C in this terminal, and its end, are not for the cluster.
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(announced.flag()); // first, as systems show the beginning of long ones
    command.add("-Dlog.file=" + log(folder, name));
    command.add("-Dlog4j.configurationFile=" + folder.logging().toUri());
    for (String property : LIKE_HERE) {
      command.add("-D" + property + "=" + System.getProperty(property));
    }
    command.addAll(role.command(settings, folder));
    if (role == Role.TASK_MANAGER) {
      command.add("-D");
      command.add("taskmanager.resource-id=" + announced.id());
      command.add("-D"); // which may be others than the cluster was started with
      command.add(SLOTS + "=" + settings.get(SLOTS));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.path().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output(folder, name).toFile());
    ENVIRONMENT.forEach(builder.environment()::putIfAbsent);
    if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      builder.environment().put("LC_ALL", "C.UTF-8"); // which names of files are encoded by
    }
    Files.createDirectories(folder.temporary());
    announced.write(folder.pids()); // who is killed before the number is known leaves a trace
    Process process = builder.start();
    ClusterProcess known = new ClusterProcess(name, process.pid(), announced.token());
    try {
      known.write(folder.pids());
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    return new Spawned(known, process.toHandle());
  }

  static Path log(ClusterFolder folder, String name) {
    return folder.log().resolve(name + ".log");
  }

  /** What the JVM itself says. */
  static Path output(ClusterFolder folder, String name) {
    return folder.log().resolve(name + ".out");
  }
}
