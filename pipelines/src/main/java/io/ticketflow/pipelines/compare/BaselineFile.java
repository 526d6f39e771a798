package io.ticketflow.pipelines.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A fingerprint as a small text: JSON whose {@code format} is a number, and whose {@code sha256} is
 * that of all else, so that a changed character is found. Equal outputs give equal text.
 */
public final class BaselineFile {
  /** Raised when older files mean something else. */
  static final int FORMAT = 1;

  private static final String SEAL = "sha256";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private BaselineFile() {}

  /**
   * The text of an output's baseline.
   *
   * @param note what a reader should know, such as where it was made
   * @throws UserException if a file of the output does not hold what its name says
   */
  public static String write(Side output, String note) {
    if (!output.altered().isEmpty()) {
      Part part = output.altered().stream().min(Part::compareTo).orElseThrow();
      throw UserException.of(
          "%s is no baseline: the file of %s was changed or is missing",
          output.name(), part.text());
    }
    Fingerprint fingerprint = output.fingerprint();
    ObjectNode tree = MAPPER.createObjectNode().put("format", FORMAT);
    if (!note.isBlank()) {
      tree.put("note", note);
    }
    tree.set("platform", MAPPER.valueToTree(fingerprint.platform()));
    tree.set("experiment", fingerprint.experiment());
    ObjectNode digests = tree.putObject("digests");
    fingerprint
        .digests()
        .forEach(
            (part, digest) ->
                digests
                    .withObjectProperty(part.run())
                    .withObjectProperty("cycle " + part.cycle())
                    .put(part.what(), digest));
    tree.set("accuracies", MAPPER.valueToTree(fingerprint.accuracies()));
    tree.put(SEAL, seal(tree));
    return text(tree);
  }

  /** One accuracy a line, all else as Jackson lays it out. */
  private static String text(ObjectNode tree) {
    List<String> lines = new ArrayList<>();
    tree.path("accuracies").forEach(row -> lines.add("    " + row));
    ObjectNode rest = tree.deepCopy();
    rest.put("accuracies", "");
    return rest.toPrettyString()
            .replace(
                "\"accuracies\" : \"\"",
                "\"accuracies\" : [\n" + String.join(",\n", lines) + "\n  ]")
        + "\n";
  }

  /**
   * What a file remembers.
   *
   * @throws UserException naming the file, if it is no baseline or was changed
   * @throws IncomparableException naming the file, if it is of another format
   */
  public static Side read(Path file) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw none(file);
    } catch (IOException e) {
      throw UserException.of("The baseline %s cannot be read: %s", file, e.getMessage());
    }
    if (!(tree instanceof ObjectNode map) || !map.path("format").isInt()) {
      throw none(file);
    }
    if (map.path("format").intValue() != FORMAT) {
      throw new IncomparableException(
          "The baseline "
              + file
              + " has format "
              + map.path("format")
              + ", and this version of Ticketflow reads format "
              + FORMAT
              + ": make it anew with 'ticketflow baseline'");
    }
    if (!map.path(SEAL).asText().equals(seal(map))) {
      throw damaged(file);
    }
    try {
      return Side.ofFile(file.toString(), fingerprint(map));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw damaged(file);
    }
  }

  private static Fingerprint fingerprint(ObjectNode tree) throws JsonProcessingException {
    SortedMap<Part, String> digests = new TreeMap<>();
    for (Map.Entry<String, JsonNode> run : tree.path("digests").properties()) {
      for (Map.Entry<String, JsonNode> cycle : run.getValue().properties()) {
        int number = Integer.parseInt(cycle.getKey().replaceFirst("cycle ", ""));
        for (Map.Entry<String, JsonNode> part : cycle.getValue().properties()) {
          digests.put(new Part(run.getKey(), number, part.getKey()), part.getValue().asText());
        }
      }
    }
    return new Fingerprint(
        MAPPER.treeToValue(tree.path("platform"), Platform.class),
        MAPPER.treeToValue(tree.path("experiment"), ObjectNode.class),
        digests,
        List.of(MAPPER.treeToValue(tree.path("accuracies"), Accuracy[].class)));
  }

  private static String seal(ObjectNode tree) {
    ObjectNode rest = tree.deepCopy();
    rest.remove(SEAL);
    try {
      return CanonicalJson.digest(MAPPER.treeToValue(rest, Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is a map", e);
    }
  }

  private static UserException none(Path file) {
    return UserException.of("%s is no baseline that 'ticketflow baseline' wrote", file);
  }

  private static UserException damaged(Path file) {
    return UserException.of(
        "The baseline %s was changed after it was written: make it anew with 'ticketflow baseline'",
        file);
  }
}
