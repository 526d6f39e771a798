package io.ticketflow.runners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.watch.WatchServer;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Serves the live page of a finished output, and asks for it. */
abstract class WatchFixture {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path temp;
  static FinishedOutput finished = new FinishedOutput(Path.of(""));

  @BeforeAll
  static void run() throws IOException {
    finished = FinishedOutput.make(temp, "finished");
  }

  static WatchServer serve(Path folder) throws IOException {
    return WatchServer.start(Location.of(folder), 0, DevicePolicy.CPU);
  }

  static JsonNode state(WatchServer server) throws Exception {
    return new JsonMapper().readTree(get(server, "state").body());
  }

  static HttpResponse<String> get(WatchServer server, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(server.url() + path)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
