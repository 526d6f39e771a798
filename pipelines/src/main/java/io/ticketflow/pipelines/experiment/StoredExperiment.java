package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The resolved experiment of an output, as {@code run} wrote it there. */
public final class StoredExperiment {
  /** Its name in an output. */
  public static final String FILE = "experiment.yaml";

  private final Location output;
  private final ObjectNode tree;

  private StoredExperiment(Location output, ObjectNode tree) {
    this.output = output;
    this.tree = tree;
  }

  /**
   * The text of the file; empty if there is none.
   *
   * @throws UserException if it is no text
   */
  public static Optional<String> text(Location output) throws IOException {
    try (InputStream in = output.blobs().open(FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new UserException(
          output.file(FILE) + " is no text in UTF-8; it is not as Ticketflow wrote it.");
    }
  }

  /**
   * An output's experiment.
   *
   * @throws UserException if there is none, or it is no YAML
   */
  public static StoredExperiment of(Location output) throws IOException {
    String text =
        text(output)
            .orElseThrow(() -> UserException.of("There is no output of Ticketflow in %s.", output));
    return new StoredExperiment(output, YamlText.readMap(output.file(FILE), text));
  }

  /** All of it, as a copy. */
  public ObjectNode tree() {
    return tree.deepCopy();
  }

  /** Names of the runs, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    facts("runs").forEach(run -> names.add(name(run)));
    return names;
  }

  /**
   * All runs, in order.
   *
   * @throws UserException if another version wrote one of them
   */
  public List<PlannedRun> runs() {
    List<PlannedRun> runs = new ArrayList<>();
    facts("runs").forEach(run -> runs.add(planned(run)));
    return runs;
  }

  /**
   * The run of that name.
   *
   * @throws UserException listing the runs, if there is none; or if another version wrote it
   */
  public PlannedRun run(String name) {
    for (JsonNode run : facts("runs")) {
      if (name(run).equals(name)) {
        return planned(run);
      }
    }
    throw UserException.of("%s has no run %s (there are %s)", output, name, listed());
  }

  /** The first twenty names, and how many more there are. */
  public String listed() {
    int most = 20;
    List<String> names = names();
    return String.join(", ", names.subList(0, Math.min(most, names.size())))
        + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
  }

  /** Versions of Ticketflow and of what it computed with. */
  public SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    facts("versions")
        .properties()
        .forEach(version -> versions.put(version.getKey(), version.getValue().asText()));
    return versions;
  }

  private JsonNode facts(String key) {
    return tree.path(ExperimentFile.RESOLVED).path(key);
  }

  private PlannedRun planned(JsonNode run) {
    try {
      return PlannedRun.stored(run);
    } catch (UserException e) {
      throw UserException.of(
          "%s was not written by this version of Ticketflow: run %s, %s",
          output, name(run), e.getMessage());
    }
  }

  private static String name(JsonNode run) {
    return run.path("run").asText();
  }
}
