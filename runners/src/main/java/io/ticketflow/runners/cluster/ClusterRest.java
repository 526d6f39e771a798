package io.ticketflow.runners.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a JobManager says of its cluster; empty whenever nobody answers as one would. */
final class ClusterRest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE).build();
  private final String master;

  ClusterRest(String master) {
    this.master = master;
  }

  Optional<ClusterOverview> overview() throws InterruptedException {
    return get("/overview")
        .filter(node -> node.has("slots-total"))
        .map(
            node ->
                new ClusterOverview(
                    node.path("taskmanagers").asInt(),
                    node.path("slots-total").asInt(),
                    node.path("slots-available").asInt(),
                    node.path("jobs-running").asInt()));
  }

  /** The ids of the TaskManagers that are registered, dead ones until their heartbeat is missed. */
  Optional<Set<String>> taskManagers() throws InterruptedException {
    return get("/taskmanagers")
        .filter(node -> node.has("taskmanagers"))
        .map(node -> Set.copyOf(node.path("taskmanagers").findValuesAsText("id")));
  }

  private Optional<JsonNode> get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + master + path)).timeout(PATIENCE).build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
