package io.ticketflow.runners.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
  /** ::1. */
  private static final byte[] ONE = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @ParameterizedTest
  @CsvSource({
    "host, host, 8081",
    "my-host.example:65535, my-host.example, 65535",
    "http://h:1/, h, 1",
    "127.0.0.1:8081, 127.0.0.1, 8081",
    "[::1]:8082, [::1], 8082",
    "http://[2001:db8::7], [2001:db8::7], 8081",
    "[::ffff:10.0.0.1]:1, [::ffff:10.0.0.1], 1",
  })
  void readsNamesAndAddressesOfBothKinds(String master, String host, int port) {
    ClusterAddress address = ClusterAddress.parse(master);
    assertThat(address).isEqualTo(new ClusterAddress(host, port));
    assertThat(ClusterAddress.parse(address.toString())).isEqualTo(address);
    assertThat(address.resolve("/overview").getHost()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "host:",
        "host:0",
        "host:65536",
        "host:123456789012",
        "host:x",
        "host:-1",
        "::1",
        "::1:8081",
        "[::1",
        "[::1]8081",
        "[::g]:8081",
        "[1:2]",
        "[::1::]",
        "[]",
        "[local",
        "[collection]",
        "[Local]",
        "[local]:8081",
        "256.1.1.1",
        "1.2.3",
        "under_score:8081",
        "https://h:1",
        "ftp://h",
        "h:1/x",
        "h?x",
        "h#x",
        "user@h:1",
        "user:word@h",
        "h:1,g:1",
        "é"
      })
  void refusesWhatIsNoAddress(String master) {
    assertThatThrownBy(() -> ClusterAddress.parse(master))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--flinkMaster must be [local] or HOST:PORT")
        .hasMessageEndingWith("got " + (master.isBlank() ? "nothing" : master));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.9.8.7:1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:1",
        "[::ffff:127.0.0.1]",
        "0.0.0.0:8081",
        "[::]:8081"
      })
  void knowsThisMachine(String master) {
    assertThat(ClusterAddress.parse(master).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "[2001:db8::1]", "127.example.org", "localhost.example.org"})
  void knowsOtherMachinesWithoutAskingForTheirNames(String master) {
    assertThat(ClusterAddress.parse(master).isLoopback()).isFalse();
  }

  @Test
  void putsBracketsAroundAnAddressOfFlinksSettings() {
    assertThat(ClusterAddress.of("::1", "8081")).hasToString("[::1]:8081");
    assertThat(ClusterAddress.of("[::1]", "8081")).hasToString("[::1]:8081");
    assertThat(ClusterAddress.of("127.0.0.1", "80")).hasToString("127.0.0.1:80");
  }

  @Test
  void reachesAClusterOverIpv6() throws IOException {
    Assumptions.assumeTrue(
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress()),
        "this machine has no IPv6");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(ONE), 0), 0);
    byte[] overview =
        """
        {"taskmanagers":1,"slots-total":3,"slots-available":2,"jobs-running":1,\
        "flink-version":"1.19.3"}"""
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/overview",
        exchange -> {
          exchange.sendResponseHeaders(200, overview.length);
          exchange.getResponseBody().write(overview);
          exchange.close();
        });
    server.start();
    try {
      String master = "[::1]:" + server.getAddress().getPort();
      assertThat(new ClusterClient(ClusterAddress.parse(master)).overview().slots()).isEqualTo(3);
    } finally {
      server.stop(0);
    }
  }
}
