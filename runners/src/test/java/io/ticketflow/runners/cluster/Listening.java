package io.ticketflow.runners.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the system says about the sockets that a process listens on (Linux). */
public final class Listening {
  private static final String LISTEN = "0A";

  private Listening() {}

  /** Addresses with ports in the kernel's hexadecimal, as {@code 0100007F:1F90}. */
  public static List<String> of(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : open.toList()) {
        if (Files.isSymbolicLink(file)) {
          inodes.add(Files.readSymbolicLink(file).toString().replaceAll("\\D", ""));
        }
      }
    }
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
        List<String> fields = List.of(line.strip().split("\\s+"));
        if (fields.get(3).equals(LISTEN) && inodes.contains(fields.get(9))) {
          addresses.add(fields.get(1));
        }
      }
    }
    return addresses;
  }

  /** Whether only this machine reaches it: 127.0.0.1, in IPv6's clothes or not. */
  static boolean isLoopback(String address) {
    return address.substring(0, address.indexOf(':')).endsWith("0100007F");
  }
}
