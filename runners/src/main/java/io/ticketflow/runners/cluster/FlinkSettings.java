package io.ticketflow.runners.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ticketflow.runners.output.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Files of Flink's settings, with whole keys: {@code a.b: value}. */
final class FlinkSettings {
  private static final String HEADER = "# Written by 'ticketflow cluster start'.\n";
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build();

  private FlinkSettings() {}

  /** conf/clusters/local.yaml, which travels in the jar. */
  static Map<String, String> local() {
    try (InputStream file = resource("local.yaml")) {
      return YAML.readValue(file, new TypeReference<TreeMap<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> read(Path file) throws IOException {
    return YAML.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {});
  }

  static void write(Path file, Map<String, String> settings) throws IOException {
    AtomicFile.write(file, HEADER + YAML.writeValueAsString(new TreeMap<>(settings)));
  }

  /** Whether the file is there and one of those that {@link #write} made. */
  static boolean areOurs(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.readString(file).startsWith(HEADER);
  }

  static InputStream resource(String name) {
    return Objects.requireNonNull(FlinkSettings.class.getResourceAsStream(name), name);
  }
}
