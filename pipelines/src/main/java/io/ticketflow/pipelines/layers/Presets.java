package io.ticketflow.pipelines.layers;

import io.ticketflow.settings.NearestNames;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Methods as presets: files that travel with the program. */
public final class Presets {
  private static final String ROOT = "/io/ticketflow/pipelines/";
  private static final String SUFFIX = ".yaml";

  private Presets() {}

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
    String file = "methods/" + method + SUFFIX;
    return Settings.ofResource(Presets.class, ROOT + file, "conf/" + file);
  }

  /** Names of all methods, sorted. */
  public static List<String> names() {
    return Names.ALL;
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
