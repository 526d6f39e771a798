package io.ticketflow.runners.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stays of a call of {@code run} once the next one has replaced status.json: a small file in
 * the output's folder {@code history}, named by the time at which the call started.
 */
public final class CallRecord {
  /** The folder, below the output. */
  public static final String FOLDER = "history/";

  private static final JsonMapper MAPPER = new JsonMapper();

  private CallRecord() {}

  /** The file's path, below the output. */
  public static String path(RunStatus status) {
    return FOLDER + status.started().replace(':', '-') + ".json";
  }

  /**
   * Keeps how a call ended.
   *
   * @param status as it is in status.json
   * @param versions of Ticketflow and of what it computed with
   */
  public static void keep(Location output, RunStatus status, Map<String, String> versions)
      throws IOException {
    ObjectNode json = MAPPER.valueToTree(status);
    ObjectNode known = json.putObject("versions");
    new TreeMap<>(versions).forEach(known::put);
    byte[] text;
    try {
      text =
          (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
              .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status is a value of JSON", e);
    }
    output.blobs().write(path(status), out -> out.write(text));
  }
}
