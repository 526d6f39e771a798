package io.ticketflow.runners.cluster;

import io.ticketflow.runners.output.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process that a cluster started, alive or not.
 *
 * @param name jobmanager, or taskmanager and a number
 * @param pid the number that the system gave it; 0 if whoever started it died before noting that
 * @param token a word of its command line that no other process has
 */
public record ClusterProcess(String name, long pid, String token) {
  private static final Pattern TEXT = Pattern.compile("(0|[1-9]\\d{0,17}) ([\\w-]{8,64})\n");
  private static final String FLAG = "-Dticketflow.process=";

  /** A process that is about to be started. */
  static ClusterProcess announced(String name, String token) {
    return new ClusterProcess(name, 0, token);
  }

  /** The flag that the process is known by. */
  String flag() {
    return FLAG + token;
  }

  /** The process if it is still that one: a number is given again after its process has ended. */
  public Optional<ProcessHandle> handle() {
    Stream<ProcessHandle> candidates =
        pid == 0 ? ProcessHandle.allProcesses() : ProcessHandle.of(pid).stream();
    return candidates.filter(ProcessHandle::isAlive).filter(this::isOurs).findFirst();
  }

  /** What Flink calls it: of a TaskManager, what REST and logs show. */
  public String id() {
    return name + "-" + token.substring(0, 8);
  }

  public boolean isJobManager() {
    return name.equals(Role.JOB_MANAGER.key());
  }

  public boolean isAlive() {
    return handle().isPresent();
  }

  /** Resident memory in bytes, where the system tells. */
  public Optional<Long> residentBytes() {
    return ResidentMemory.bytes(pid);
  }

  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> Stream.of(arguments).anyMatch(flag()::equals))
        .orElse(false);
  }

  void write(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(name), pid + " " + token + "\n");
  }

  /** Deletes what {@link #write} wrote; a process that took its name since is let be. */
  void forget(Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file) && read(file).filter(found -> found.token().equals(token)).isPresent()) {
      Files.delete(file);
    }
  }

  /** Whether it is such a file, and not one that a process died over. */
  static boolean isFile(Path file) {
    return !file.getFileName().toString().contains(".");
  }

  /** What {@link #write} wrote; empty if the file is not such. */
  static Optional<ClusterProcess> read(Path file) throws IOException {
    Matcher text = TEXT.matcher(Files.readString(file));
    if (!text.matches()) {
      return Optional.empty();
    }
    String name = file.getFileName().toString();
    return Optional.of(new ClusterProcess(name, Long.parseLong(text.group(1)), text.group(2)));
  }
}
