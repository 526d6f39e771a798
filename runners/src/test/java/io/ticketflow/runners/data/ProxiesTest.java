package io.ticketflow.runners.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.ticketflow.runners.data.Publication.Download;
import io.ticketflow.spec.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static final Patience HASTY =
      new Patience(Duration.ofSeconds(5), 1, Duration.ofMillis(10));
  private static final byte[] CONTENT = "four".getBytes(StandardCharsets.US_ASCII);

  /** By md5sum. */
  private static final String MD5 = "8cbad96aced40b3838dd9f07f6ef5772";

  private static String proxyOf(String server, Map<String, String> environment) {
    Proxy proxy = new Proxies(environment).select(URI.create(server)).get(0);
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "none";
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy, http://p:1, http://a.org/, p:1",
    "HTTP_PROXY, p:1, http://a.org/, p:1",
    "http_proxy, http://p, http://a.org/, p:80",
    "http_proxy, http://p:1, https://a.org/, none",
    "https_proxy, http://u:w@p:1/, https://a.org/, p:1",
    "HTTPS_PROXY, p:1, https://a.org/, p:1",
    "all_proxy, http://[::2]:1, https://a.org/, 0:0:0:0:0:0:0:2:1",
    "http_proxy, p:1, http://127.0.0.9/, none",
    "http_proxy, p:1, http://localhost:9/, none",
    "http_proxy, p:1, http://[::1]:9/, none",
    "http_proxy, '', http://a.org/, none"
  })
  void variablesNameProxies(String variable, String value, String server, String proxy) {
    assertThat(proxyOf(server, Map.of(variable, value))).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "a.org, http://a.org/, none",
    "a.org, http://b.a.org/, none",
    ".a.org, http://b.a.org/, none",
    "*.a.org, http://b.a.org/, none",
    "A.ORG, http://a.org/, none",
    "a.org, http://ba.org/, p:1",
    "'x.org, a.org', http://a.org/, none",
    "a.org:8080, http://a.org:8080/, none",
    "a.org:8080, http://a.org:8081/, p:1",
    "10.0.0.1, http://10.0.0.1/, none",
    "*, http://a.org/, none",
    "'', http://a.org/, p:1"
  })
  void exceptionsAreAskedDirectly(String exceptions, String server, String proxy) {
    assertThat(proxyOf(server, Map.of("http_proxy", "p:1", "no_proxy", exceptions)))
        .isEqualTo(proxy);
    assertThat(proxyOf(server, Map.of("http_proxy", "p:1", "NO_PROXY", exceptions)))
        .isEqualTo(proxy);
  }

  @Test
  void lowerCaseComesFirst() {
    Map<String, String> both = Map.of("http_proxy", "low:1", "HTTP_PROXY", "up:2");
    assertThat(proxyOf("http://a.org/", both)).isEqualTo("low:1");
  }

  @Test
  void whatIsNoProxyIsRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> new Proxies(Map.of("https_proxy", "socks5://me:secret@p:1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("https_proxy")
        .hasMessageNotContaining("secret");
  }

  private static void fetch(String scheme, Path to, Map<String, String> environment)
      throws IOException {
    Publication publication =
        new Publication(
            URI.create(scheme + "://publisher.invalid/"),
            "mnist",
            List.of(new Download("images.gz", CONTENT.length, MD5)),
            List.of());
    new DataFetch(new Catalogue(Map.of("mnist", publication)), HASTY, environment)
        .fetch("mnist", to, Optional.empty(), Progress.SILENT);
  }

  private static String credentials() {
    return "Basic "
        + Base64.getEncoder().encodeToString("me:p@ss w".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aProxyThatAsksForAPasswordGetsIt(@TempDir Path dir) throws IOException {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    proxy.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          String who = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (!credentials().equals(who)) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"p\"");
            exchange.sendResponseHeaders(407, -1);
          } else {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
          }
          exchange.close();
        });
    proxy.start();
    try {
      String address = "127.0.0.1:" + proxy.getAddress().getPort();
      fetch("http", dir, Map.of("http_proxy", "http://me:p%40ss%20w@" + address));
      assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
      assertThat(asked).contains("http://publisher.invalid/images.gz");
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void aTunnelIsAskedForWithThePassword(@TempDir Path dir) throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      List<String> lines = Collections.synchronizedList(new ArrayList<>());
      Thread thread = new Thread(() -> refuseTunnels(proxy, lines));
      thread.setDaemon(true);
      thread.start();
      String address = "127.0.0.1:" + proxy.getLocalPort();
      assertThatThrownBy(
              () -> fetch("https", dir, Map.of("https_proxy", "me:p%40ss%20w@" + address)))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("https://publisher.invalid/images.gz");
      assertThat(lines)
          .contains("CONNECT publisher.invalid:443 HTTP/1.1")
          .contains("Proxy-Authorization: " + credentials());
    }
  }

  /** Asks for a password; who gives one is told that there is no such server. */
  private static void refuseTunnels(ServerSocket proxy, List<String> lines) {
    while (!proxy.isClosed()) {
      try (Socket client = proxy.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        boolean known = false;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          lines.add(line);
          known |= line.startsWith("Proxy-Authorization");
        }
        String answer =
            known
                ? "HTTP/1.1 502 Bad Gateway\r\n"
                : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\n";
        client
            .getOutputStream()
            .write(
                (answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // closed
      }
    }
  }
}
