package io.ticketflow.runners.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that can break off, ignore ranges and lie. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  /** Whether it answers requests for ranges. */
  volatile boolean knowsRanges = true;

  /** Bytes of a response after which the connection is cut; never, if negative. */
  volatile int cutAfter = -1;

  /** Requests, from the first on, that are answered by status 503. */
  final AtomicInteger busy = new AtomicInteger();

  /** Whether a cut response stays open and sends nothing more, in place of being closed. */
  volatile boolean stalls = false;

  /** The Content-Type of every answer; none, if empty. */
  volatile String type = "";

  /** Whether answers are sent in chunks, without a length. */
  volatile boolean chunked = false;

  private final CountDownLatch closed = new CountDownLatch(1);

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads); // a stalled answer must not stop the next
    server.createContext("/", this::answer);
    server.start();
  }

  void offer(String name, byte[] content) {
    files.put("/data/" + name, content);
  }

  URI base() {
    return URI.create(
        "http://"
            + InetAddress.getLoopbackAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + "/data/");
  }

  /** The Range header of each request, "" where it had none. */
  List<String> ranges() {
    return ranges;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "" : range);
    if (busy.getAndDecrement() > 0) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    byte[] content = files.get(exchange.getRequestURI().getPath());
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int from = 0;
    if (range != null && knowsRanges) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    int length = content.length - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, chunked ? 0 : length);
    OutputStream out = exchange.getResponseBody();
    out.write(content, from, cutAfter < 0 ? length : Math.min(length, cutAfter));
    out.flush();
    if (stalls && cutAfter >= 0) {
      await();
    }
    // Closing before all promised bytes are written cuts the connection.
    exchange.close();
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
