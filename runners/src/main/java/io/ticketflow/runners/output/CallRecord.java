package io.ticketflow.runners.output;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stays of a call of {@code run} once the next one has replaced status.json: a small file in
 * the output's folder {@code history}, named by the time at which the call started.
 *
 * @param status as it was in status.json at the call's end; running if the call never came to one
 * @param versions of Ticketflow and of what it computed with
 * @param verdict the last that {@code verify} recorded of it, in words; empty if there is none
 * @param reason of the verdict; empty if there is none
 */
public record CallRecord(
    RunStatus status, SortedMap<String, String> versions, String verdict, String reason) {
  private static final String FOLDER = "history";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * Keeps where a call stands, in place of what was kept of it before.
   *
   * @param status as it is in status.json
   * @param versions of Ticketflow and of what it computed with
   */
  public static void keep(Location output, RunStatus status, Map<String, String> versions)
      throws IOException {
    new CallRecord(status, new TreeMap<>(versions), "", "").write(output);
  }

  /** Adds a verdict to the record of an output's last call, if there is one. */
  public static void judge(Location output, RunStatus last, String verdict, String reason)
      throws IOException {
    Optional<CallRecord> record = read(output, path(last));
    if (record.isPresent()) {
      CallRecord call = record.get();
      new CallRecord(call.status, call.versions, verdict, reason).write(output);
    }
  }

  /**
   * All that an output keeps, the oldest first.
   *
   * @throws UserException if a record is not as Ticketflow writes it
   */
  public static List<CallRecord> of(Location output) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (String path : output.blobs().list(FOLDER)) {
      read(output, path).ifPresent(calls::add);
    }
    return calls;
  }

  private static String path(RunStatus status) {
    return FOLDER + "/" + status.started().replace(':', '-') + ".json";
  }

  private static Optional<CallRecord> read(Location output, String path) throws IOException {
    try (InputStream in = output.blobs().open(path)) {
      JsonNode json = MAPPER.readTree(in.readAllBytes());
      SortedMap<String, String> versions = new TreeMap<>();
      json.path("versions")
          .properties()
          .forEach(each -> versions.put(each.getKey(), each.getValue().asText()));
      return Optional.of(
          new CallRecord(
              MAPPER.treeToValue(json, RunStatus.class),
              versions,
              json.path("verdict").asText(),
              json.path("reason").asText()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new UserException(output.file(path) + " is not as Ticketflow wrote it.");
    }
  }

  private void write(Location output) throws IOException {
    ObjectNode json = MAPPER.valueToTree(status);
    ObjectNode known = json.putObject("versions");
    versions.forEach(known::put);
    if (!verdict.isEmpty()) {
      json.put("verdict", verdict).put("reason", reason);
    }
    byte[] text = (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    output.blobs().write(path(status), out -> out.write(text));
  }
}
