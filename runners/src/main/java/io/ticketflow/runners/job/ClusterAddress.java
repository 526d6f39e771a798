package io.ticketflow.runners.job;

import io.ticketflow.spec.SpecException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a cluster's JobManager answers.
 *
 * @param host a name or a numeric address, an IPv6 one in brackets
 * @param port of its REST interface
 */
public record ClusterAddress(String host, int port) {
  private static final int DEFAULT_PORT = 8081;
  private static final Pattern MASTER =
      Pattern.compile("(?:http://)?([\\w.-]+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?/?");

  /**
   * The address that an option or a file names, such as 127.0.0.1:8081.
   *
   * @throws SpecException if it is none
   */
  public static ClusterAddress parse(String master) {
    Matcher matcher = MASTER.matcher(master);
    if (!matcher.matches()) {
      throw new SpecException("--flinkMaster must be HOST:PORT, got " + master);
    }
    String port = matcher.group(2);
    return new ClusterAddress(
        matcher.group(1), port == null ? DEFAULT_PORT : Integer.parseInt(port));
  }

  /** Whether the cluster is on this machine, so that it sees the same files. */
  public boolean isLoopback() {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
  }

  URI resolve(String path) {
    return URI.create("http://" + this + path);
  }

  /** HOST:PORT. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
