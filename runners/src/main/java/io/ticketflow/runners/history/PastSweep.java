package io.ticketflow.runners.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.table.VerdictText;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One output among those below a folder.
 *
 * @param output its path below that folder
 * @param started when its last run started, ISO 8601 in UTC
 * @param state null if its status cannot be read, like all else but the path
 * @param seconds that its last run took; null while it runs
 * @param trained networks that its last run trained
 * @param reused networks that its last run found trained
 * @param verdict the last one recorded, in words; null if there is none
 * @param reason of the verdict, or why the run failed
 * @param versions of Ticketflow and of what it computed with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastSweep(
    String output,
    String experiment,
    String started,
    @Nullable RunState state,
    @Nullable Long seconds,
    int trained,
    int reused,
    @Nullable String verdict,
    @Nullable String reason,
    SortedMap<String, String> versions) {
  private static final String STATUS = "/status.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Every output below a folder, newest first. Folders that have been swept half away, or whose
   * status nobody can read, are listed without a state.
   *
   * @throws UserException if there is none
   */
  public static List<PastSweep> below(Location folder) throws IOException {
    BlobStore blobs = folder.blobs();
    List<PastSweep> sweeps = new ArrayList<>();
    for (String path : blobs.list()) {
      if (path.endsWith(STATUS)) {
        String output = path.substring(0, path.length() - STATUS.length());
        if (blobs.exists(output + "/experiment.yaml")) {
          sweeps.add(read(output, new Location(folder.file(output))));
        }
      }
    }
    if (sweeps.isEmpty()) {
      throw UserException.of("There is no output of Ticketflow below %s.", folder);
    }
    sweeps.sort(
        Comparator.comparing(PastSweep::started).reversed().thenComparing(PastSweep::output));
    return sweeps;
  }

  private static PastSweep read(String name, Location output) throws IOException {
    try {
      RunStatus status = RunStatus.required(output);
      JsonNode verdict = verdict(output);
      String reason =
          verdict.path("reason").isTextual() ? verdict.path("reason").asText() : status.message();
      return new PastSweep(
          name,
          status.experiment(),
          status.started(),
          status.state(),
          seconds(status),
          status.trained(),
          status.reused(),
          verdict.path("verdict").isTextual() ? words(verdict.path("verdict").asText()) : null,
          reason,
          StoredExperiment.of(output).versions());
    } catch (UserException e) {
      return new PastSweep(name, "", "", null, null, 0, 0, null, e.getMessage(), new TreeMap<>());
    }
  }

  private static String words(String verdict) {
    return verdict.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static @Nullable Long seconds(RunStatus status) {
    return status.finished() == null
        ? null
        : Duration.between(Instant.parse(status.started()), Instant.parse(status.finished()))
            .toSeconds();
  }

  private static JsonNode verdict(Location output) throws IOException {
    try (InputStream in = output.blobs().open(VerdictText.FILE)) {
      return MAPPER.readTree(in.readAllBytes());
    } catch (NoSuchFileException e) {
      return MAPPER.missingNode();
    } catch (JacksonException e) {
      throw new UserException(output.file(VerdictText.FILE) + " is not as Ticketflow wrote it.");
    }
  }
}
