package io.ticketflow.pipelines.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The programs that draw the charts, from the WebJars whose versions the root pom pins. */
final class VegaLibraries {
  /** A library and its version, which is part of its path in the WebJar. */
  record Library(String name, String version) {
    String program() {
      return resource(
          "/META-INF/resources/webjars/" + name + "/" + version + "/" + name + ".min.js");
    }
  }

  /** In the order in which they must load. */
  static final List<Library> ALL =
      List.of(
          new Library("vega", "5.32.0"),
          new Library("vega-lite", "5.23.0"),
          new Library("vega-embed", "6.29.0"));

  private VegaLibraries() {}

  /** Such as "vega 5.32.0, vega-lite 5.23.0". */
  static String names() {
    return String.join(", ", ALL.stream().map(l -> l.name() + " " + l.version()).toList());
  }

  /** The text of a resource on the class path. */
  static String resource(String path) {
    try (InputStream in = VegaLibraries.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
