package io.ticketflow.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.layers.Presets;
import io.ticketflow.settings.KnownKeys;
import io.ticketflow.settings.Settings;
import io.ticketflow.settings.YamlText;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies under conf is data: each file is read here as a user's run would read it. */
class ConfFolderTest {
  private static final Path CONF = Path.of("../conf");

  @TempDir Path folder;

  static Stream<Path> experiments() throws IOException {
    List<Path> files = new ArrayList<>(List.of(CONF.resolve("quickstart.yaml")));
    try (Stream<Path> papers = Files.list(CONF.resolve("experiments"))) {
      papers.sorted().forEach(files::add);
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyExperimentLoads(Path file) {
    assertThat(Experiment.load(file, List.of()).runs()).isNotEmpty();
  }

  @Test
  void everyFileOfMethodsIsAPresetThatBinds() throws IOException {
    List<String> files;
    try (Stream<Path> methods = Files.list(CONF.resolve("methods"))) {
      files = methods.map(file -> file.getFileName().toString().replace(".yaml", "")).toList();
    }
    assertThat(Presets.names()).containsExactlyInAnyOrderElementsOf(files).isSorted();
    for (String name : files) {
      Path file = Files.writeString(folder.resolve(name + ".yaml"), "methods: [" + name + "]");
      List<PlannedRun> runs = Experiment.load(file, List.of()).runs();
      assertThat(runs).as(name).hasSize(runs.get(0).spec().members());
    }
  }

  @Test
  void theReadmeShowsEveryMethod() throws IOException {
    String readme = Files.readString(CONF.resolve("README.md"));
    for (String name : Presets.names()) {
      assertThat(readme).contains("| `" + name + "` |");
    }
  }

  @Test
  void defaultsSetEveryKey() {
    assertThat(Settings.defaults().values().keySet()).containsExactlyElementsOf(KnownKeys.names());
  }

  @Test
  void theReadmesTableShowsEveryKeyWithItsDefaultAndItsComment() throws IOException {
    String comments = commentsOfDefaults();
    Matcher row =
        Pattern.compile("(?m)^\\| `([A-Za-z0-9.]+)` \\| `([^`]*)` \\| (.{5,}) \\|$")
            .matcher(Files.readString(CONF.resolve("README.md")));
    List<String> keys = new ArrayList<>();
    Map<String, JsonNode> defaults = Settings.defaults().values();
    while (row.find()) {
      keys.add(row.group(1));
      assertThat(defaults).containsKey(row.group(1));
      JsonNode shown = YamlText.read("README.md", row.group(2));
      // Numbers compare by value: 0 in the table, 0.0 once bound.
      JsonNode held = YamlText.read("held", String.valueOf(defaults.get(row.group(1))));
      assertThat(shown.isNumber() ? shown.asDouble() : shown)
          .as(row.group(1))
          .isEqualTo(shown.isNumber() ? held.asDouble() : held);
      String name = row.group(1).substring(row.group(1).lastIndexOf('.') + 1);
      assertThat(comments).contains("# " + row.group(3) + "\n" + name + ":");
    }
    assertThat(keys).containsExactlyElementsOf(KnownKeys.names());
  }

  /** The file without indents, each comment on one line. */
  private static String commentsOfDefaults() throws IOException {
    try (InputStream in = Settings.class.getResourceAsStream("defaults.yaml")) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("(?m)^ +", "")
          .replaceAll("(?m)(?<=^# .{1,120})\n# ", " ");
    }
  }

  @Test
  void theLenetExperimentIsFrankleAndCarbins() {
    List<PlannedRun> runs =
        Experiment.load(
                CONF.resolve("experiments/imp-lenet-mnist.yaml"),
                // as the file's comment says it
                List.of("training.epochs=55", "seeds=[1,2,3,4,5]"))
            .runs();

    assertThat(runs).hasSize(5);
    RunSpec run = runs.get(0).spec();
    assertThat(run.particles()).containsExactly(1);
    assertThat(run.model().initialisation()).isEqualTo(ModelSpec.Initialisation.GLOROT);
    assertThat(run.training().rewindEpochs()).isZero();
    assertThat(Math.round(run.data().validation() * 60_000)).isEqualTo(5_000);
    assertThat(run.training().epochs() * Math.ceil(55_000 / 60.0)).isBetween(50_000.0, 50_900.0);
    // Prunable: 784·300 + 300·100 + 100·10 = 266,200; 0.8^15 of it by hand: 9,366.08.
    assertThat(run.pruning().keptAfter(15, 266_200)).isEqualTo(9_366);
  }

  @Test
  void theSwampExperimentIsItsPapers() {
    List<PlannedRun> runs =
        Experiment.load(CONF.resolve("experiments/swamp-resnet20-cifar10.yaml"), List.of()).runs();

    assertThat(runs).extracting(PlannedRun::method).containsOnly("imp", "swamp").hasSize(6);
    RunSpec swamp = runs.get(3).spec();
    assertThat(swamp.particles()).containsExactly(4);
    assertThat(swamp.training().epochs()).isEqualTo(150);
    assertThat(swamp.training().swa().epochsOf(150 - swamp.training().rewindEpochs()))
        .isEqualTo(35);
    assertThat(swamp.training().swa().learningRate()).isEqualTo(0.01);
    assertThat(runs.get(0).spec().training().swa().fraction()).isZero();
  }

  @Test
  void theQuickstartComparesImpAndSwampOverTenPruningCycles() {
    List<PlannedRun> runs = Experiment.load(CONF.resolve("quickstart.yaml"), List.of()).runs();

    assertThat(runs)
        .extracting(PlannedRun::run)
        .containsExactly("imp-seed1", "imp-seed2", "swamp-seed1", "swamp-seed2");
    assertThat(runs).allSatisfy(run -> assertThat(run.spec().pruning().lastCycle()).isEqualTo(10));
    assertThat(runs.get(2).spec().particles()).containsExactly(3);
  }
}
