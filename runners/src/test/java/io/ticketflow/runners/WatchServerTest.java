package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.runners.watch.WatchServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** To whom the live page is shown, how it may be asked for, and when it ends. */
class WatchServerTest extends WatchFixture {

  @Test
  void answersWhoeverNamesItAndNobodyElse() throws Exception {
    try (WatchServer server = serve(finished.folder())) {
      int port = URI.create(server.url()).getPort();
      for (String host : List.of("localhost", "LOCALHOST", "127.0.0.1", "[::1]")) {
        assertThat(code(port, "GET / HTTP/1.1\r\nHost: " + host + ":" + port)).isEqualTo(200);
      }
      for (String host :
          List.of("evil.example:" + port, "localhost", "127.0.0.1:1", "localhost.evil:" + port)) {
        assertThat(code(port, "GET /state HTTP/1.1\r\nHost: " + host)).as(host).isEqualTo(403);
      }
      assertThat(code(port, "GET / HTTP/1.0")).isEqualTo(403);
      String own = "localhost:" + port;
      assertThat(code(port, "GET / HTTP/1.1\r\nHost: " + own + "\r\nHost: evil.example"))
          .isIn(400, 403);
    }
  }

  @Test
  void isOnlyLookedAt() throws Exception {
    try (WatchServer server = serve(finished.folder())) {
      URI page = URI.create(server.url());
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
        HttpResponse<String> said =
            send(HttpRequest.newBuilder(page).method(method, BodyPublishers.ofString("x")));
        assertThat(said.statusCode()).as(method).isEqualTo(405);
        assertThat(said.headers().firstValue("Allow")).contains("GET, HEAD");
      }
      HttpResponse<String> head =
          send(HttpRequest.newBuilder(page).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(get(server, "experiment.yaml").statusCode()).isEqualTo(404);
      assertThat(policy(get(server, ""))).contains("connect-src 'self'", "default-src 'none'");
      assertThat(policy(get(server, "report"))).doesNotContain("connect-src");
      assertThat(get(server, "watch.js").statusCode()).isEqualTo(200);
      assertThat(get(server, "watch.css").statusCode()).isEqualTo(200);
    }
  }

  /** 127.0.0.2 is this machine too, but another address. */
  @Test
  void listensAtOneAddress() throws Exception {
    try (WatchServer server = serve(finished.folder())) {
      int port = URI.create(server.url()).getPort();
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      assertThatThrownBy(() -> new Socket(other, port).close())
          .isInstanceOf(ConnectException.class);
      new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
  }

  @Test
  @Timeout(60)
  void endsWhenTheRunIsOverAndNobodyLooks() throws Exception {
    Duration patience = Duration.ofMillis(800);
    try (WatchServer server = serve(finished.folder())) {
      Thread viewer = new Thread(() -> look(server, 20));
      long start = System.nanoTime();
      viewer.start(); // for two seconds
      server.await(patience);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(2500));
      viewer.join();
    }
  }

  private static String policy(HttpResponse<String> said) {
    return said.headers().firstValue("Content-Security-Policy").orElse("");
  }

  private static void look(WatchServer server, int times) {
    for (int i = 0; i < times; i++) {
      try {
        state(server);
        Thread.sleep(100);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The code that a request gets whose head is that, since clients set a host themselves. */
  private static int code(int port, String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(said.substring(9, 12));
    }
  }
}
