package io.ticketflow.runners.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.runners.data.Proxies;
import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * MLflow's REST interface, version 2.0, as far as it is needed. MLflow's own Java client is not
 * taken: the newest that is published, 2.17.2, holds copies of libraries with known holes, such as
 * protobuf-java 3.19.4 and httpclient 4.5.6. The message of every {@link IOException} goes on from
 * the name of the server.
 */
final class MlflowServer {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String address;
  private final Optional<String> authorization;
  private final HttpClient http;

  private MlflowServer(String address, Map<String, String> environment) {
    this.address = address;
    this.authorization = authorization(environment);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(new Proxies(environment))
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * The server at an address; nothing is sent yet.
   *
   * @param environment MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and
   *     MLFLOW_TRACKING_PASSWORD, if the server asks for them
   * @throws UserException if the address is none of http or https, or has credentials in it
   */
  static MlflowServer at(String address, Map<String, String> environment) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      uri = URI.create("");
    }
    if (uri.getUserInfo() != null) {
      throw new UserException(
          "--track=mlflow=URI must have no password in it: set MLFLOW_TRACKING_USERNAME and "
              + "MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
    }
    if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("(?i)https?")) {
      throw UserException.of(
          "--track=mlflow=URI must be the address of a server, such as "
              + "mlflow=http://localhost:5000, got \"%s\"",
          address.replaceAll("//[^/@]*@", "//"));
    }
    return new MlflowServer(address.replaceFirst("/+$", ""), environment);
  }

  String address() {
    return address;
  }

  /** The id of the experiment of that name, which is made if there is none. */
  String experiment(String name) throws IOException {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    Optional<JsonNode> found =
        send(request("experiments/get-by-name?experiment_name=" + encoded).GET().build());
    return found.isPresent()
        ? text(found.get().path("experiment"), "experiment_id")
        : text(post("experiments/create", object().put("name", name)), "experiment_id");
  }

  /** Sends a call and gives its answer. */
  JsonNode post(String call, ObjectNode body) throws IOException {
    HttpRequest request =
        request(call)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return send(request).orElseThrow(() -> wrong(call, "404"));
  }

  /** A field that an answer has to have. */
  String text(JsonNode answer, String field) throws IOException {
    String text = answer.path(field).asText();
    if (text.isEmpty()) {
      throw wrong(field, "no such field");
    }
    return text;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  private HttpRequest.Builder request(String call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + call)).timeout(ANSWER);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private Optional<JsonNode> send(HttpRequest request) throws IOException {
    String call = request.uri().getPath();
    HttpResponse<byte[]> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was too slow", e);
    } catch (IOException e) {
      throw new IOException("does not answer (" + Reason.of(e) + ")", e);
    }
    if (answer.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    if (answer.statusCode() != OK) {
      throw wrong(call, String.valueOf(answer.statusCode()));
    }
    try {
      return Optional.of(MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw wrong(call, "no JSON");
    }
  }

  private IOException wrong(String call, String what) {
    return new IOException("answers " + call + " wrongly (" + what + ")");
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    if (user.isEmpty()) {
      return Optional.empty();
    }
    String both = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }
}
