package io.ticketflow.runners.cluster;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback address. */
final class Ports {
  private Ports() {}

  /**
   * The port, or any free one for 0.
   *
   * @throws UserException if somebody listens on it
   */
  static int free(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (java.net.BindException e) {
      throw UserException.of(
          "Port %s of 127.0.0.1 cannot be had (%s): name another with --port, or "
              + "--port=0 for any free one.",
          wanted, String.valueOf(e.getMessage()).replaceFirst(" \\(Bind failed\\)", ""));
    }
  }
}
