package io.ticketflow.runners.job;

import io.ticketflow.spec.UserException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a cluster's JobManager answers.
 *
 * @param host a name or a numeric address, an IPv6 one in brackets
 * @param port of its REST interface
 */
public record ClusterAddress(String host, int port) {
  private static final int DEFAULT_PORT = 8081;
  private static final int LAST_PORT = 65_535;

  /** Of an address that consists of numbers, so that no name server is asked. */
  private static final Pattern NUMERIC = Pattern.compile("\\[.*]|\\d+(\\.\\d+){3}");

  /**
   * The address that an option or a file names, such as 127.0.0.1:8081, [::1]:8081 or
   * http://my-host; without a port it is 8081.
   *
   * @throws UserException if it is none
   */
  public static ClusterAddress parse(String master) {
    try {
      URI uri = new URI(master.startsWith("http://") ? master : "http://" + master);
      String host = uri.getHost(); // none if Java's HTTP client could not reach it either
      int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
      boolean bare =
          host != null
              && uri.getRawUserInfo() == null
              && (uri.getRawPath() + "/").matches("//?")
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && !uri.getRawAuthority().endsWith(":");
      if (bare && port >= 1 && port <= LAST_PORT) {
        return new ClusterAddress(host, port);
      }
    } catch (URISyntaxException e) {
      // it is none, as said below
    }
    throw new UserException(
        "--flinkMaster must be [local] or HOST:PORT (an IPv6 address in brackets), got "
            + (master.isBlank() ? "nothing" : master));
  }

  /** The address of a host as Flink's settings name it: an IPv6 address has no brackets there. */
  public static ClusterAddress of(String host, String port) {
    boolean colons = host.contains(":") && !host.startsWith("[");
    return parse((colons ? "[" + host + "]" : host) + ":" + port);
  }

  /** Whether the cluster is on this machine, so that it sees the same files. */
  public boolean isLoopback() {
    if (!NUMERIC.matcher(host).matches()) {
      return host.toLowerCase(Locale.ROOT).equals("localhost");
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || address.isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
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
