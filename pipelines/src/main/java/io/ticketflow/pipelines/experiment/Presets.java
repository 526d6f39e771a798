package io.ticketflow.pipelines.experiment;

import io.ticketflow.spec.NearestNames;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The files that travel with the program: defaults, and methods as presets. */
public final class Presets {
  private static final String ROOT = "/io/ticketflow/pipelines/";
  private static final String SUFFIX = ".yaml";

  private Presets() {}

  /** The value of every key that no other source sets. */
  public static Settings defaults() {
    return read("defaults.yaml", "defaults.yaml");
  }

  /**
   * What a method pins.
   *
   * @throws UserException naming the nearest method, if there is none of that name
   */
  public static Settings of(String where, String method) {
    if (!names().contains(method)) {
      throw new UserException(
          where
              + ": there is no method "
              + method
              + NearestNames.likely(method, names())
                  .map(name -> "; did you mean " + name + "?")
                  .orElse("")
              + " (there are "
              + String.join(", ", names())
              + ")");
    }
    return read("methods/" + method + SUFFIX, "conf/methods/" + method + SUFFIX);
  }

  /** Names of all methods, sorted. */
  public static List<String> names() {
    return Names.ALL;
  }

  private static Settings read(String resource, String where) {
    try (InputStream in = Presets.class.getResourceAsStream(ROOT + resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      return Settings.of(where, YamlText.read(where, text), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listed once: the presets of a running program do not change. */
  private static final class Names {
    static final List<String> ALL = list();

    private static List<String> list() {
      // IMP's file leads to its folder, in a jar as in a folder of classes.
      URL imp = Objects.requireNonNull(Presets.class.getResource(ROOT + "methods/imp.yaml"));
      try {
        URI uri = imp.toURI();
        if (!uri.getScheme().equals("jar")) {
          return namesIn(Path.of(uri));
        }
        Path jar = Path.of(URI.create(uri.getRawSchemeSpecificPart().split("!", 2)[0]));
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
          return namesIn(files.getPath(ROOT + "methods/imp.yaml"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    private static List<String> namesIn(Path imp) throws IOException {
      try (Stream<Path> files = Files.list(Objects.requireNonNull(imp.getParent()))) {
        return files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.endsWith(SUFFIX))
            .map(name -> name.substring(0, name.length() - SUFFIX.length()))
            .sorted()
            .toList();
      }
    }
  }
}
