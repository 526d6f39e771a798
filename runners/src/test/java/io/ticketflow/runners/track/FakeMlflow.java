package io.ticketflow.runners.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server on loopback that keeps what MLflow would, refuses what it would, and can misbehave. */
final class FakeMlflow implements AutoCloseable {
  /** How it answers. */
  enum Mood {
    WELL,
    SLOWLY,
    WITH_ERRORS,
    WITH_GARBAGE
  }

  /** A run as it was told of it. */
  static final class Run {
    String name = "";
    String status = "RUNNING";
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, String> params = new TreeMap<>();
    final Map<String, Double> metrics = new TreeMap<>();
  }

  private static final long SLOW_MILLIS = 1500;
  private static final JsonMapper MAPPER = new JsonMapper();

  final Map<String, Run> runs = new LinkedHashMap<>();
  final List<String> authorizations = new ArrayList<>();
  private final Mood mood;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private boolean known;

  FakeMlflow(Mood mood) throws IOException {
    this.mood = mood;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/2.0/mlflow/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  Run run(String name) {
    return runs.values().stream().filter(run -> run.name.equals(name)).findFirst().orElseThrow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestURI().getPath().replaceFirst(".*/mlflow/", "");
    JsonNode body = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    int code = 200;
    String text;
    try {
      if (mood == Mood.SLOWLY) {
        Thread.sleep(SLOW_MILLIS);
      }
      switch (mood) {
        case WITH_ERRORS -> {
          code = 500;
          text = "{\"error_code\": \"INTERNAL_ERROR\"}";
        }
        case WITH_GARBAGE -> text = "<html>";
        default -> {
          synchronized (this) {
            authorizations.add(
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            code = call.equals("experiments/get-by-name") && !known ? 404 : 200;
            text = code == 200 ? well(call, body) : "{}";
          }
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      code = 400;
      text = "{}";
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String well(String call, JsonNode body) {
    return switch (call) {
      case "experiments/get-by-name" -> "{\"experiment\": {\"experiment_id\": \"17\"}}";
      case "experiments/create" -> {
        known = true;
        yield "{\"experiment_id\": \"17\"}";
      }
      case "runs/create" -> {
        require(body.path("experiment_id").asText().equals("17"));
        Run run = new Run();
        run.name = body.path("run_name").asText();
        body.path("tags").forEach(t -> run.tags.put(text(t, "key"), text(t, "value")));
        String id = "id" + runs.size();
        runs.put(id, run);
        yield "{\"run\": {\"info\": {\"run_id\": \"" + id + "\"}}}";
      }
      case "runs/log-batch" -> {
        require(body.path("metrics").size() <= 1000 && body.path("params").size() <= 100);
        Run told = require(runs.get(text(body, "run_id")));
        body.path("params").forEach(p -> told.params.put(text(p, "key"), text(p, "value")));
        body.path("metrics").forEach(m -> told.metrics.put(key(m), m.path("value").doubleValue()));
        yield "{}";
      }
      case "runs/update" -> {
        require(body.path("end_time").asLong() > 0);
        require(runs.get(text(body, "run_id"))).status = text(body, "status");
        yield "{}";
      }
      default -> throw new IllegalArgumentException(call);
    };
  }

  private static String key(JsonNode metric) {
    return require(text(metric, "key")) + "@" + metric.path("step").asLong(-1);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static String require(String text) {
    require(text.matches("[\\w\\-. /]+")); // what MLflow takes as a key
    return text;
  }

  private static Run require(@Nullable Run run) {
    if (run == null) {
      throw new IllegalArgumentException("no such run");
    }
    return run;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalArgumentException("MLflow takes no such thing");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
