package io.ticketflow.runners.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A call of {@code run} as a run of MLflow, and each run of its experiment as one nested under it:
 * parameters of the specification, metrics as {@link Scalar} has them, a status.
 *
 * <p>Everything is sent by a thread of its own. At the end it may take a hundredth of the time that
 * the call took, but at least one second; statuses go first.
 */
final class Mlflow implements Tracker {
  private static final int CAPACITY = 10_000;
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);
  private static final int SHARE = 100;

  /** The interface takes no more in one call. */
  private static final int METRICS_AT_ONCE = 1000;

  private static final int PARAMS_AT_ONCE = 100;
  private static final int VALUE_LENGTH = 500;

  /** The name of the sweep among those of its runs, none of which is empty. */
  private static final String SWEEP = "";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final MlflowServer server;
  private final Outbox outbox;
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private volatile String experiment = "";
  private List<RunRecord> runs = List.of();
  private Instant start = Instant.now();

  Mlflow(MlflowServer server) {
    this.server = server;
    this.outbox = new Outbox("MLflow at " + server.address(), CAPACITY);
  }

  @Override
  public void begun(RunStatus status, List<RunRecord> all) {
    runs = all;
    start = Instant.now();
    outbox.put(() -> experiment = server.experiment(status.experiment()));
    outbox.put(() -> create(SWEEP, status.experiment(), Map.of("ticketflow", status.version())));
    for (RunRecord run : all) {
      outbox.put(() -> create(run.getRun(), run.getRun(), Map.of("mlflow.parentRunId", id(SWEEP))));
      outbox.put(() -> params(run));
    }
  }

  @Override
  public void ended(RunStatus status, Location output) throws IOException {
    boolean done = status.state().hasResults();
    Map<String, String> failures =
        done
            ? Tables.FAILURES.read(output).stream()
                .collect(
                    Collectors.toMap(
                        FailureRecord::getRun, FailureRecord::getMessage, (first, next) -> first))
            : Map.of();
    outbox.put(() -> update(SWEEP, word(status.state())));
    for (RunRecord run : runs) {
      String word = failures.containsKey(run.getRun()) ? "FAILED" : word(status.state());
      outbox.put(() -> update(run.getRun(), word));
    }
    if (done) {
      for (RunRecord run : runs) {
        outbox.put(() -> metrics(run.getRun(), output));
      }
    }
    Duration share = Duration.between(start, Instant.now()).dividedBy(SHARE);
    outbox.close(share.compareTo(LEAST_PATIENCE) > 0 ? share : LEAST_PATIENCE);
  }

  /** What MLflow calls it; a sweep of which some runs failed is finished. */
  private static String word(RunState state) {
    return switch (state) {
      case DONE, SOME_RUNS_FAILED -> "FINISHED";
      case CANCELLED -> "KILLED";
      default -> "FAILED";
    };
  }

  private String id(String run) throws IOException {
    String id = ids.get(run);
    if (id == null) {
      throw new IOException("has no run for " + run);
    }
    return id;
  }

  private void create(String run, String name, Map<String, String> tags) throws IOException {
    ObjectNode body =
        MlflowServer.object()
            .put("experiment_id", experiment)
            .put("run_name", name)
            .put("start_time", start.toEpochMilli());
    ArrayNode list = body.putArray("tags");
    tag(list, "mlflow.runName", name);
    tag(list, "mlflow.source.name", "ticketflow");
    tags.forEach((key, value) -> tag(list, key, value));
    JsonNode answer = server.post("runs/create", body);
    ids.put(run, server.text(answer.path("run").path("info"), "run_id"));
  }

  private static void tag(ArrayNode list, String key, String value) {
    list.addObject().put("key", key).put("value", value);
  }

  private void params(RunRecord run) throws IOException {
    Map<String, String> params = new TreeMap<>();
    params.put("method", run.getMethod());
    params.put("variant", run.getVariant());
    params.put("seed", Long.toString(run.getSeed()));
    flatten("", MAPPER.readTree(run.getSpec()), params);
    List<Map.Entry<String, String>> all = List.copyOf(params.entrySet());
    for (int from = 0; from < all.size(); from += PARAMS_AT_ONCE) {
      ObjectNode body = MlflowServer.object().put("run_id", id(run.getRun()));
      ArrayNode list = body.putArray("params");
      for (var param : all.subList(from, Math.min(all.size(), from + PARAMS_AT_ONCE))) {
        String value = param.getValue();
        tag(list, param.getKey(), value.substring(0, Math.min(value.length(), VALUE_LENGTH)));
      }
      server.post("runs/log-batch", body);
    }
  }

  /** Keys as the experiment's file has them, such as training.epochs. */
  private static void flatten(String key, JsonNode value, Map<String, String> params) {
    if (value.isObject() && !value.isEmpty()) {
      value
          .properties()
          .forEach(
              field ->
                  flatten(
                      key.isEmpty() ? field.getKey() : key + "." + field.getKey(),
                      field.getValue(),
                      params));
    } else {
      params.put(key, value.isValueNode() ? value.asText() : value.toString());
    }
  }

  private void update(String run, String status) throws IOException {
    server.post(
        "runs/update",
        MlflowServer.object()
            .put("run_id", id(run))
            .put("status", status)
            .put("end_time", System.currentTimeMillis()));
  }

  private void metrics(String run, Location output) throws IOException {
    List<Scalar> scalars = Scalar.of(output, run);
    for (int from = 0; from < scalars.size(); from += METRICS_AT_ONCE) {
      ObjectNode body = MlflowServer.object().put("run_id", id(run));
      ArrayNode list = body.putArray("metrics");
      long now = System.currentTimeMillis();
      for (Scalar scalar :
          scalars.subList(from, Math.min(scalars.size(), from + METRICS_AT_ONCE))) {
        list.addObject()
            .put("key", scalar.tag())
            .put("value", scalar.value())
            .put("timestamp", now)
            .put("step", scalar.step());
      }
      server.post("runs/log-batch", body);
    }
  }
}
