package io.ticketflow.work;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process is called by people. */
public final class ThisProcess {
  private static final String HOST = findHost();
  private static final String SPACE = findSpace();
  private static final String IDENTITY =
      String.join(" ", name(), began(ProcessHandle.current()), SPACE);

  private ThisProcess() {}

  /** The host's name and the process's number, such as "node-3/4711". */
  public static String name() {
    return HOST + "/" + number();
  }

  /** The host's name. */
  public static String host() {
    return HOST;
  }

  /** The process's number on its host. */
  public static long number() {
    return ProcessHandle.current().pid();
  }

  /**
   * The process as others can look for it: its name, when it began, and the space that its number
   * is of, since containers may share a host's name and not its processes.
   */
  static String identity() {
    return IDENTITY;
  }

  /** Whether a process is known to have ended; of another machine's nothing is known. */
  static boolean hasEnded(String identity) {
    String[] parts = identity.split(" ", 3);
    String here = HOST + "/";
    if (parts.length < 3 || !parts[0].startsWith(here) || !parts[2].equals(SPACE)) {
      return false;
    }
    long pid = Long.parseLong(parts[0].substring(here.length()));
    return ProcessHandle.of(pid).filter(there -> began(there).equals(parts[1])).isEmpty();
  }

  private static String began(ProcessHandle process) {
    return process.info().startInstant().map(at -> "" + at.toEpochMilli()).orElse("unknown");
  }

  /** Linux's name of the processes that this one sees; elsewhere a host has one space. */
  private static String findSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "all";
    }
  }

  private static String findHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
