package io.ticketflow.work;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called by people. */
public final class ThisProcess {
  private static final String HOST = findHost();

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

  private static String findHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
