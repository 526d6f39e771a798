package io.ticketflow.runners.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Serves the live page of an output on 127.0.0.1, to GET and HEAD. A request must name this machine
 * and port as its host: a page of another site whose name is made to point here gets nothing.
 */
public final class WatchServer implements AutoCloseable {
  private static final byte[] HERE = {127, 0, 0, 1};
  private static final int VIEWERS = 8;
  private static final String HTML = "text/html; charset=utf-8";

  /** The line's own page may ask this server; the report in it brings a stricter policy. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String REPORT_POLICY = "frame-ancestors 'self'";

  private final Map<String, Function<Moment, Answer>> pages =
      Map.of(
          "/", moment -> new Answer(HTML, POLICY, page(moment)),
          "/report", moment -> new Answer(HTML, REPORT_POLICY, moment.page().html()),
          "/state", moment -> text("application/json", MomentText.json(moment)),
          "/watch.css", moment -> text("text/css; charset=utf-8", WatchPage.resource("watch.css")),
          "/watch.js",
              moment -> text("text/javascript; charset=utf-8", WatchPage.resource("watch.js")));

  private final HttpServer server;
  private final Watched watched;
  private final ExecutorService threads;
  private final Set<String> hosts;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Instant asked = Instant.now();

  private WatchServer(HttpServer server, Watched watched) {
    this.server = server;
    this.watched = watched;
    this.threads = Executors.newFixedThreadPool(VIEWERS, WatchServer::thread);
    int port = server.getAddress().getPort();
    this.hosts = Set.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port);
  }

  private record Answer(String type, String policy, byte[] body) {}

  /**
   * Looks at the output, and serves it from now on.
   *
   * @param port 0 = any that is free
   * @param devices that the output's run takes
   * @throws UserException if the port cannot be had, or there is no run that can be read
   */
  public static WatchServer start(Location output, int port, DevicePolicy devices)
      throws IOException {
    HttpServer http = bound(port);
    try {
      WatchServer server = new WatchServer(http, new Watched(output, devices));
      http.createContext("/", server::answer);
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException | RuntimeException e) {
      http.stop(0);
      throw e;
    }
  }

  private static HttpServer bound(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(HERE), port), 0);
    } catch (SocketException e) {
      throw UserException.of(
          "--port %s cannot be had on this machine (%s): name another one, or leave it out for one"
              + " that is free",
          port, String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
    }
  }

  /** The page's address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /**
   * Waits until it is closed, or until the run is over and nobody has looked at it for so long.
   *
   * @param patience how long
   */
  public void await(Duration patience) throws InterruptedException {
    Duration step = patience.dividedBy(20);
    Instant over = Instant.MAX;
    while (!closed.await(step.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!watched.now().isOver()) {
        over = Instant.MAX;
        continue;
      }
      Instant now = Instant.now();
      over = over.isAfter(now) ? now : over;
      Instant since = over.isAfter(asked) ? over : asked;
      if (Duration.between(since, now).compareTo(patience) >= 0) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Function<Moment, Answer> page = pages.get(exchange.getRequestURI().getPath());
      if (!isMeant(exchange.getRequestHeaders())) {
        refuse(exchange, 403, "Ask for " + url() + " or the same port of localhost.");
      } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "This page is only looked at: GET and HEAD.");
      } else if (page == null) {
        refuse(exchange, 404, "There is no such page.");
      } else {
        asked = Instant.now();
        send(exchange, 200, page.apply(watched.now()));
      }
    }
  }

  /** One host, and this one. */
  private boolean isMeant(Headers headers) {
    return headers.getOrDefault("Host", List.of()).size() == 1
        && hosts.contains(String.valueOf(headers.getFirst("Host")).toLowerCase(Locale.ROOT));
  }

  private static void refuse(HttpExchange exchange, int code, String why) throws IOException {
    send(exchange, code, text("text/plain; charset=utf-8", why + "\n"));
  }

  private static void send(HttpExchange exchange, int code, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", answer.policy());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", String.valueOf(answer.body().length));
      exchange.sendResponseHeaders(code, -1);
    } else {
      exchange.sendResponseHeaders(code, answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private byte[] page(Moment moment) {
    return WatchPage.html(watched.output().toString(), moment).getBytes(UTF_8);
  }

  private static Answer text(String type, String text) {
    return new Answer(type, "default-src 'none'", text.getBytes(UTF_8));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "watch");
    thread.setDaemon(true);
    return thread;
  }
}
