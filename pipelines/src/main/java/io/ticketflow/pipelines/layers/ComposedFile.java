package io.ticketflow.pipelines.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file of YAML and all that it extends. */
public final class ComposedFile {
  /** The key whose value names what a file builds upon. */
  public static final String EXTENDS = "extends";

  /**
   * What one source says.
   *
   * @param source the path of a file as it was named, or a preset
   * @param tree without {@link #EXTENDS}
   */
  public record Part(String source, ObjectNode tree) {}

  private ComposedFile() {}

  /**
   * The parts, the highest first: the file itself, then what it extends, the last of a list first,
   * each above what it extends in its turn. An entry is a preset's name, or the path of a file,
   * which starts at the folder of the file that names it.
   *
   * @throws UserException naming the file, if it cannot be read, or extends itself
   */
  public static List<Part> read(Path file) {
    return read(file, List.of());
  }

  private static List<Part> read(Path file, List<Path> above) {
    Path same = file.toAbsolutePath().normalize();
    if (above.contains(same)) {
      throw UserException.of(
          "%s extends itself: %s",
          file,
          Stream.concat(above.stream(), Stream.of(same))
              .map(path -> String.valueOf(path.getFileName()))
              .collect(Collectors.joining(" extends ")));
    }
    ObjectNode tree = YamlText.readFile(file);
    JsonNode named = tree.remove(EXTENDS);
    List<Part> parts = new ArrayList<>(List.of(new Part(file.toString(), tree)));
    if (named == null || KeyType.isNothing(named)) {
      return parts;
    }
    KeyType.ListOf names = new KeyType.ListOf(new KeyType.Text());
    if (!names.accepts(named)) {
      throw UserException.of(
          "%s: extends must be a file, a preset or a list of such, got %s",
          file, KeyType.inWords(named));
    }
    List<Path> trail = Stream.concat(above.stream(), Stream.of(same)).toList();
    List<JsonNode> bases = new ArrayList<>();
    names.canonical(named).forEach(base -> bases.add(0, base));
    bases.forEach(base -> parts.addAll(base(file, base.textValue(), trail)));
    return parts;
  }

  private static List<Part> base(Path file, String name, List<Path> trail) {
    if (Presets.names().contains(name)) {
      return List.of(new Part("preset " + name, Presets.of(file.toString(), name).tree()));
    }
    if (!name.matches(".*\\.ya?ml")) {
      throw UserException.of(
          "%s: extends: %s is neither a file of YAML nor a preset (there are %s)",
          file, name, String.join(", ", Presets.names()));
    }
    return read(file.resolveSibling(name), trail);
  }
}
