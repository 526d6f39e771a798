package io.ticketflow.runners.job;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers as a Flink 1.19.3 did, and remembers what it was asked. */
public final class RecordedCluster implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  public final List<String> asked = new CopyOnWriteArrayList<>();

  public RecordedCluster() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public ClusterAddress address() {
    return new ClusterAddress("127.0.0.1", server.getAddress().getPort());
  }

  public RecordedCluster with(String path, String json) {
    answers.put(path, json);
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String json = answers.get(exchange.getRequestURI().getPath());
    if (json != null && isElsewhere(exchange, json)) {
      return;
    }
    boolean cancel = exchange.getRequestMethod().equals("PATCH") && json != null;
    byte[] body = (json == null ? "{\"errors\":[]}" : json).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(json == null ? 404 : cancel ? 202 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** An answer that is an address stands for a redirection to it. */
  private static boolean isElsewhere(HttpExchange exchange, String json) throws IOException {
    if (!json.startsWith("http://")) {
      return false;
    }
    exchange.getResponseHeaders().add("Location", json);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
