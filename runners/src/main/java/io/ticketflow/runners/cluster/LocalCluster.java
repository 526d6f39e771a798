package io.ticketflow.runners.cluster;

import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.runners.job.ClusterClient;
import io.ticketflow.runners.job.ClusterOverview;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster that a folder remembers: alive as a whole, in parts, or not at all. */
public final class LocalCluster {
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** A number behind its kind: taskmanager-2 before taskmanager-10. */
  private static final Comparator<Path> BY_NAME =
      Comparator.<Path>comparingInt(file -> file.getFileName().toString().length())
          .thenComparing(Comparator.naturalOrder());

  private final ClusterFolder folder;
  private final Map<String, String> settings;
  private final ClusterAddress address;
  private final ClusterClient rest;

  private LocalCluster(ClusterFolder folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = Map.copyOf(settings);
    this.address =
        ClusterAddress.of(
            settings.getOrDefault("rest.address", ""), settings.getOrDefault("rest.port", ""));
    this.rest = new ClusterClient(address);
  }

  /** The last cluster that was started in the folder; empty if none ever was. */
  public static Optional<LocalCluster> in(ClusterFolder folder) throws IOException {
    if (!FlinkSettings.areOurs(folder.configuration())) {
      return Optional.empty();
    }
    return Optional.of(new LocalCluster(folder, FlinkSettings.read(folder.configuration())));
  }

  /**
   * A new one; nothing is written or started yet.
   *
   * @throws UserException if a setting cannot be, or the port is taken
   */
  static LocalCluster planned(ClusterFolder folder, ClusterSettings wanted) throws IOException {
    Map<String, String> base = FlinkSettings.local();
    int rest = Ports.free(wanted.port());
    Map<String, String> settings = wanted.over(base, rest, Ports.free(0), folder);
    for (Role role : Role.values()) {
      role.split(settings); // so that what cannot be is said now
    }
    return new LocalCluster(folder, settings);
  }

  /** The same cluster, whose TaskManagers to come have so many slots. */
  LocalCluster withSlots(int slots) {
    Map<String, String> other = new HashMap<>(settings);
    other.put(Spawn.SLOTS, Integer.toString(slots));
    return new LocalCluster(folder, other);
  }

  /**
   * Writes its configuration, and puts this build's classes of jobs there; logs of an earlier
   * cluster in the folder are put aside.
   */
  void write() throws IOException {
    if (Files.exists(folder.log())) {
      deleteAll(folder.logBefore());
      Files.move(folder.log(), folder.logBefore());
    }
    // First what tells that the folder is a cluster's: whoever is killed here can start again.
    Files.createDirectories(folder.conf());
    FlinkSettings.write(folder.configuration(), settings);
    Files.createDirectories(folder.log());
    Files.createDirectories(folder.pids());
    try (InputStream logging = FlinkSettings.resource("log4j.properties")) {
      Files.copy(logging, folder.logging(), StandardCopyOption.REPLACE_EXISTING);
    }
    deleteAll(folder.lib());
    Optional<Path> jar = JobJar.own().filter(Files::isRegularFile);
    if (jar.isPresent()) {
      JobJar.put(jar.get(), folder.lib());
    }
  }

  public ClusterFolder folder() {
    return folder;
  }

  /** What {@code --flinkMaster} takes. */
  public String master() {
    return address.toString();
  }

  /** Whether its JobManager is alive. */
  public boolean isLed() throws IOException {
    return processes().stream().anyMatch(process -> process.isJobManager() && process.isAlive());
  }

  /** What the JobManager says; empty if it does not answer. */
  public Optional<ClusterOverview> overview() {
    try {
      return Optional.of(rest.overview());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the JobManager answers, and has the slots of every TaskManager of these. */
  boolean knows(List<ClusterProcess> processes) {
    Map<String, Integer> slots;
    try {
      slots = rest.taskManagers();
    } catch (IOException e) {
      return false;
    }
    return processes.stream()
        .filter(process -> !process.isJobManager())
        .allMatch(process -> slots.getOrDefault(process.id(), 0) > 0);
  }

  /** Every process that was started and not stopped, the JobManager first, dead ones too. */
  public List<ClusterProcess> processes() throws IOException {
    if (!Files.isDirectory(folder.pids())) {
      return List.of();
    }
    List<ClusterProcess> processes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.pids())) {
      for (Path file : files.filter(ClusterProcess::isFile).sorted(BY_NAME).toList()) {
        ClusterProcess.read(file).ifPresent(processes::add);
      }
    }
    return processes;
  }

  Spawned startJobManager() throws IOException {
    return Spawn.process(Role.JOB_MANAGER, Role.JOB_MANAGER.key(), settings, folder);
  }

  /** Starts a TaskManager under the first name that no living one has. */
  Spawned startTaskManager() throws IOException {
    List<String> taken =
        processes().stream().filter(ClusterProcess::isAlive).map(ClusterProcess::name).toList();
    int number = 1;
    while (taken.contains(Role.TASK_MANAGER.key() + "-" + number)) {
      number++;
    }
    return Spawn.process(
        Role.TASK_MANAGER, Role.TASK_MANAGER.key() + "-" + number, settings, folder);
  }

  /**
   * Ends every process of the cluster and forgets them; logs and configuration stay.
   *
   * @return how many were alive
   */
  public int stop() throws IOException, InterruptedException {
    int ended = end(processes());
    deleteAll(folder.pids());
    deleteAll(folder.temporary());
    deleteAll(folder.lib());
    return ended;
  }

  /**
   * Ends some of its processes and forgets them.
   *
   * @return how many were alive
   */
  int end(List<ClusterProcess> processes) throws IOException, InterruptedException {
    List<ClusterProcess> alive = new ArrayList<>(processes);
    alive.removeIf(process -> !process.isAlive());
    alive.forEach(process -> process.handle().ifPresent(ProcessHandle::destroy));
    if (!allEnd(alive, GRACE)) {
      alive.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
      if (!allEnd(alive, GRACE)) {
        alive.removeIf(process -> !process.isAlive());
        throw new ClusterException(
            alive.get(0).name() + " (process " + alive.get(0).pid() + ") does not end.");
      }
    }
    for (ClusterProcess process : processes) {
      process.forget(folder.pids());
    }
    return alive.size();
  }

  private static boolean allEnd(List<ClusterProcess> processes, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (processes.stream().anyMatch(ClusterProcess::isAlive)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(50);
    }
    return true;
  }

  private static void deleteAll(Path top) throws IOException {
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
