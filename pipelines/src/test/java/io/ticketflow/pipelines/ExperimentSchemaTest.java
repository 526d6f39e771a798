package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.ticketflow.pipelines.experiment.ExperimentSchema;
import io.ticketflow.settings.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors complete experiments by, put through an independent validator. */
class ExperimentSchemaTest {
  private static final Path CONF = Path.of("..", "conf");

  private static final Pattern MODELINE =
      Pattern.compile("\\A# yaml-language-server: \\$schema=(.*schema\\.json)\n");

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(ExperimentSchema.tree());

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(CONF)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(CONF.resolve("clusters")))
          .filter(file -> !file.getFileName().toString().startsWith("kubernetes"))
          .filter(file -> !file.getFileName().toString().startsWith("github"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theFileUnderConfIsCurrent() throws IOException {
    assertThat(new JsonMapper().readTree(CONF.resolve("schema.json").toFile()))
        .as("write it anew: runners/bin/ticketflow schema > conf/schema.json")
        .isEqualTo(new JsonMapper().readTree(ExperimentSchema.tree().toString()));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedFileKeepsToItAndNamesIt(Path file) throws IOException {
    String text = Files.readString(file);
    Matcher modeline = MODELINE.matcher(text);
    assertThat(modeline.find()).as("first line").isTrue();
    assertThat(file.resolveSibling(modeline.group(1)).normalize())
        .isEqualTo(CONF.resolve("schema.json"));
    assertThat(SCHEMA.validate(YamlText.read(file.toString(), text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extends: [base.yaml, imp]\nseeds: {from: 1, to: 5}\nbudget: 50",
        "methods: [imp, {method: swamp, as: s, training.swa.fraction: 1e-1}]\nbudget: matched",
        "training: {swa.fraction: 0.2}\naxes: {particles: [1, [1, 2]]}",
        "sweep: {cross: {data.seed: [1]}, zip: [{data.seed: {from: 1, to: 3, count: 3}}]}",
        "sweep: {exclude: {particles: 2}, include: [{particles: 3}]}\nmaxRuns: 5",
      })
  void takesWhatTheProgramTakes(String yaml) {
    assertThat(SCHEMA.validate(read(yaml))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trainig: {epochs: 3}",
        "training: {epoch: 3}",
        "training: {epochs: three}",
        "methods: [imq]",
        "methods: [{as: a}]",
        "axes: {training: {epochs: [3]}}",
        "sweep: {particles: [1, 2]}",
        "pruning: {scope: layerwise}",
        "maxRuns: 0",
      })
  void marksWhatTheProgramRefuses(String yaml) {
    assertThat(SCHEMA.validate(read(yaml))).isNotEmpty();
  }

  @Test
  void saysOfEachKeyWhatItMeansAndItsDefault() {
    JsonNode epochs = ExperimentSchema.tree().at("/definitions/training.epochs");
    assertThat(epochs.path("description").asText())
        .isEqualTo("T: epochs of a dense training, which the schedule spans.");
    assertThat(epochs.path("default").asInt()).isEqualTo(10);
    for (JsonNode definition : ExperimentSchema.tree().path("definitions")) {
      assertThat(definition.path("description").asText()).isNotEmpty();
    }
  }

  private static JsonNode read(String yaml) {
    return YamlText.read("x.yaml", yaml);
  }
}
