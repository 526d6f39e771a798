package io.ticketflow.runners.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.runners.output.CallRecord;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code run} on one output among those below a folder.
 *
 * @param output its path below that folder; a point if it is the folder itself
 * @param started when the call started, ISO 8601 in UTC; empty if that cannot be read
 * @param state in words; "killed" if the call came to no end and another one followed
 * @param seconds that the call took; null if it has not ended
 * @param trained networks that it trained
 * @param reused networks that it found trained
 * @param verdict the last one recorded of it, in words; null if there is none
 * @param reason of the verdict, or why the call failed
 * @param versions of Ticketflow and of what it computed with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastSweep(
    String output,
    String experiment,
    String started,
    String state,
    @Nullable Long seconds,
    int trained,
    int reused,
    @Nullable String verdict,
    @Nullable String reason,
    SortedMap<String, String> versions) {
  /** The path of the folder that was asked for. */
  static final String ITSELF = ".";

  private static final String STATUS = "status.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Every call on that folder and on the outputs below it, newest first. An output that has been
   * swept half away, or that nobody can read, is listed as unreadable.
   *
   * @throws UserException if there is none
   */
  public static List<PastSweep> below(Location folder) throws IOException {
    BlobStore blobs = folder.blobs();
    List<PastSweep> sweeps = new ArrayList<>();
    for (String path : blobs.list()) {
      if (path.equals(STATUS) && blobs.exists(StoredExperiment.FILE)) {
        sweeps.addAll(read(ITSELF, folder));
      } else if (path.endsWith("/" + STATUS)) {
        String output = path.substring(0, path.length() - STATUS.length() - 1);
        if (blobs.exists(output + "/" + StoredExperiment.FILE)) {
          sweeps.addAll(read(output, new Location(folder.file(output))));
        }
      }
    }
    if (sweeps.isEmpty()) {
      throw UserException.of("There is no output of Ticketflow in or below %s.", folder);
    }
    sweeps.sort(
        Comparator.comparing(PastSweep::started).reversed().thenComparing(PastSweep::output));
    return sweeps;
  }

  private static List<PastSweep> read(String name, Location output) throws IOException {
    try {
      RunStatus last = RunStatus.required(output);
      List<CallRecord> calls = new ArrayList<>(CallRecord.of(output));
      if (calls.stream().noneMatch(call -> call.status().started().equals(last.started()))) {
        calls.add(withoutRecord(output, last));
      }
      return calls.stream().map(call -> of(name, call, last)).toList();
    } catch (UserException e) {
      String why = e.getMessage();
      return List.of(
          new PastSweep(name, "", "", "unreadable", null, 0, 0, null, why, new TreeMap<>()));
    }
  }

  /** Of an output of before records were kept. */
  private static CallRecord withoutRecord(Location output, RunStatus last) throws IOException {
    JsonNode verdict = verdict(output);
    return new CallRecord(
        last,
        StoredExperiment.of(output).versions(),
        verdict.path("verdict").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
        verdict.path("reason").asText());
  }

  private static PastSweep of(String name, CallRecord call, RunStatus last) {
    RunStatus status = call.status();
    boolean killed = status.state() == RunState.RUNNING && !status.started().equals(last.started());
    return new PastSweep(
        name,
        status.experiment(),
        status.started(),
        killed ? "killed" : status.state().words(),
        seconds(status),
        status.trained(),
        status.reused(),
        call.verdict().isEmpty() ? null : call.verdict(),
        Stream.of(Optional.of(call.reason()), Optional.ofNullable(status.message()))
            .flatMap(Optional::stream)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(null),
        call.versions());
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
