package io.ticketflow.runners.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A cluster's REST interface. It talks to this one address: no proxy, no redirection, and nothing
 * listens here.
 *
 * <p>Every {@link IOException} says what the cluster did not answer. Safe for several threads.
 */
public final class ClusterClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ClusterAddress address;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .build();

  public ClusterClient(ClusterAddress address) {
    this(address, ANSWER);
  }

  /**
   * @param patience for an answer, from its request to its last byte
   */
  ClusterClient(ClusterAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  public ClusterAddress address() {
    return address;
  }

  /**
   * What the cluster says of itself.
   *
   * @throws IOException if nothing answers there, or no Flink does
   */
  public ClusterFacts facts() throws IOException {
    JsonNode overview = require("/overview");
    Map<String, String> configuration = new HashMap<>();
    for (JsonNode entry : require("/jobmanager/config")) {
      configuration.put(entry.path("key").asText(), entry.path("value").asText());
    }
    List<String> classPath = new ArrayList<>();
    require("/jobmanager/environment").path("classpath").forEach(e -> classPath.add(e.asText()));
    return new ClusterFacts(
        address,
        overview.path("flink-version").asText(),
        overview.path("taskmanagers").asInt(),
        overview.path("slots-total").asInt(),
        overview.path("slots-available").asInt(),
        overview.path("jobs-running").asInt(),
        configuration,
        classPath);
  }

  /** How many of what there are. */
  public ClusterOverview overview() throws IOException {
    JsonNode overview = require("/overview");
    return new ClusterOverview(
        overview.path("taskmanagers").asInt(),
        overview.path("slots-total").asInt(),
        overview.path("slots-available").asInt(),
        overview.path("jobs-running").asInt());
  }

  /**
   * Slots by TaskManager's id: 0 between its registration and the report of its slots. Dead ones
   * are there until their heartbeat is missed.
   */
  public Map<String, Integer> taskManagers() throws IOException {
    Map<String, Integer> slots = new HashMap<>();
    require("/taskmanagers")
        .path("taskmanagers")
        .forEach(each -> slots.put(each.path("id").asText(), each.path("slotsNumber").asInt()));
    return slots;
  }

  /** The job's state at this moment; empty if the cluster does not know it, or no more. */
  public Optional<JobState> state(String job) throws IOException {
    return get("/jobs/" + checked(job) + "/status").map(answer -> state(answer.path("status")));
  }

  /** The job's steps, which may be three seconds old; empty as {@link #state}. */
  public Optional<JobDetails> details(String job) throws IOException {
    return get("/jobs/" + checked(job)).map(ClusterClient::details);
  }

  /** Why the job failed last; empty if it did not, or is not known. */
  public Optional<JobFailure> failure(String job) throws IOException {
    return get("/jobs/" + checked(job) + "/exceptions?maxExceptions=1")
        .map(answer -> answer.path("exceptionHistory").path("entries").path(0))
        .filter(entry -> entry.path("stacktrace").isTextual())
        .map(
            entry ->
                new JobFailure(
                    entry.path("timestamp").asLong(), entry.path("stacktrace").asText()));
  }

  /** Asks for the job's end. It may have ended already, or be unknown: that is none's fault. */
  public void cancel(String job) throws IOException {
    HttpResponse<String> answer =
        send(
            request("/jobs/" + checked(job) + "?mode=cancel")
                .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    int status = answer.statusCode();
    if (status != ACCEPTED && status != OK && status != NOT_FOUND && status != CONFLICT) {
      throw unexpected("/jobs/" + job, status);
    }
  }

  private static JobDetails details(JsonNode answer) {
    List<Vertex> vertices = new ArrayList<>();
    for (JsonNode vertex : answer.path("vertices")) {
      JsonNode metrics = vertex.path("metrics");
      vertices.add(
          new Vertex(
              vertex.path("name").asText(),
              vertex.path("status").asText(),
              vertex.path("parallelism").asInt(),
              metrics.path("read-records").asLong(),
              metrics.path("write-records").asLong(),
              vertex.path("start-time").asLong(),
              vertex.path("duration").asLong()));
    }
    return new JobDetails(
        answer.path("jid").asText(),
        answer.path("name").asText(),
        state(answer.path("state")),
        answer.path("duration").asLong(),
        vertices);
  }

  /** A state that this version does not know is one of a job that goes on. */
  private static JobState state(JsonNode name) {
    try {
      return JobState.valueOf(name.asText());
    } catch (IllegalArgumentException e) {
      return JobState.RUNNING;
    }
  }

  /** What stands in a path comes from files and options, and must be nothing but a job. */
  private static String checked(String job) {
    if (!SubmittedJob.isId(job)) {
      throw new IllegalArgumentException("a job is 32 hexadecimal digits, got " + job);
    }
    return job;
  }

  private JsonNode require(String path) throws IOException {
    return get(path).orElseThrow(() -> unexpected(path, NOT_FOUND));
  }

  private Optional<JsonNode> get(String path) throws IOException {
    HttpResponse<String> answer = send(request(path).GET());
    if (answer.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    if (answer.statusCode() != OK) {
      throw unexpected(path, answer.statusCode());
    }
    try {
      return Optional.of(MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw new IOException("what answers at " + address + path + " is not JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).header("Accept", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    // The request's own time ends with the answer's head; this one holds for its body too.
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("nothing answers at " + address + ": no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + address, e);
    } catch (ExecutionException e) {
      throw new IOException(
          "nothing answers at " + address + ": " + reason(e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private IOException unexpected(String path, int status) {
    return new IOException(address + " answers " + path + " with HTTP status " + status);
  }

  /** The JDK's exceptions of a refused connection have no words of their own. */
  private static String reason(Throwable e) {
    if (e instanceof java.net.http.HttpTimeoutException) {
      return "no answer in time";
    }
    Throwable cause = e;
    while (cause.getCause() != null && cause.getMessage() == null) {
      cause = cause.getCause();
    }
    if (cause instanceof java.nio.channels.UnresolvedAddressException) {
      return "there is no such host";
    }
    if (cause instanceof java.net.ConnectException || cause.getMessage() == null) {
      return "connection refused";
    }
    return cause.getMessage();
  }
}
