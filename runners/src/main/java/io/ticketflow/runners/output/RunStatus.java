package io.ticketflow.runners.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of status.json, for programs that watch a run.
 *
 * @param experiment the experiment's name
 * @param started when this invocation started, ISO 8601 in UTC
 * @param finished when it ended; absent while it runs
 * @param runs runs of the experiment
 * @param failedRuns runs without a result; known at the end
 * @param trainings different trainings of the experiment
 * @param trained of those, made by this invocation
 * @param reused of those, found finished
 * @param epochs of the trainings that were not found finished
 * @param message why it failed; absent if it did not
 * @param version of the program
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunStatus(
    RunState state,
    String experiment,
    String started,
    @Nullable String finished,
    int runs,
    int failedRuns,
    int trainings,
    int trained,
    int reused,
    long epochs,
    @Nullable String message,
    String version) {
  private static final String FILE = "status.json";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A call that found the run done, its trainings all there, and nothing to do. */
  public RunStatus unchanged(String when, String byVersion) {
    return new RunStatus(
        state,
        experiment,
        when,
        when,
        runs,
        failedRuns,
        trainings,
        0,
        trainings,
        0,
        null,
        byVersion);
  }

  /** The same run, ended. */
  public RunStatus ended(RunState end, String when, int failed, int done, Optional<String> why) {
    return new RunStatus(
        end,
        experiment,
        started,
        when,
        runs,
        failed,
        trainings,
        done,
        reused,
        epochs,
        why.orElse(null),
        version);
  }

  /**
   * What a folder's status.json says; empty if there is none.
   *
   * @throws UserException if it is not as Ticketflow writes it
   */
  public static Optional<RunStatus> read(Location output) throws IOException {
    try (InputStream in = output.blobs().open(FILE)) {
      return Optional.of(MAPPER.readValue(in.readAllBytes(), RunStatus.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new UserException(output.file(FILE) + " is not as Ticketflow wrote it.");
    }
  }

  /**
   * What a folder's status.json says.
   *
   * @throws UserException if there is none
   */
  public static RunStatus required(Location output) throws IOException {
    return read(output)
        .orElseThrow(() -> new UserException("There is no run of Ticketflow in " + output));
  }

  /** Replaces the folder's status.json. */
  public void write(Location output) throws IOException {
    try {
      String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
      AtomicFile.write(output, FILE, json + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status is a value of JSON", e);
    }
  }
}
