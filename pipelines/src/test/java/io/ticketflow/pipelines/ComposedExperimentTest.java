package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files build upon files and presets, sweeps make points, and each value's source is told. */
class ComposedExperimentTest extends ExperimentFixture {
  @Test
  void theLaterOfTwoBasesHoldsAndTheFileOverBoth() throws IOException {
    write("first.yaml", "methods: [imp]\nname: theirs\ntraining: {epochs: 3, batchSize: 32}");
    write("second.yaml", "seeds: [7]\ntraining: {epochs: 4}\nparticles: 2");
    Experiment experiment =
        load("extends: [first.yaml, second.yaml]\nparticles: 3\nmethods: [swamp]", "seeds=[8]");
    assertThat(experiment.name()).isEqualTo("x");
    PlannedRun run = experiment.runs().get(0);
    assertThat(run.run()).isEqualTo("swamp-seed8");
    assertThat(run.spec().training().epochs()).isEqualTo(4);
    assertThat(run.spec().training().batchSize()).isEqualTo(32);
    assertThat(run.spec().particles()).containsExactly(3);
  }

  @Test
  void aPresetIsABaseOfAllMethods() {
    // SAM's preset pins the radius 0.05 and one particle.
    assertThat(only("extends: imp-sam\nmethods: [swamp]").training().optimiser().samRadius())
        .isEqualTo(0.05);
  }

  @Test
  void aBaseLiesBesideTheFileThatNamesIt() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    write("a/b/lowest.yaml", "methods: [imp]\ntraining: {epochs: 5}");
    write("a/middle.yaml", "extends: b/lowest.yaml");
    assertThat(only("extends: a/middle.yaml").training().epochs()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extends: x.yaml | x.yaml extends itself: x.yaml extends x.yaml",
        "extends: absent.yaml | absent.yaml does not exist",
        "extends: imq | x.yaml: extends: imq is neither a file of YAML nor a preset (there are acdc",
        "extends: 3 | extends must be a file, a preset or a list of such, got 3",
        "methods: [imp]\\nsweep: {particles: [1, 2]} | not particles; single keys stand under axes",
        "methods: [imp]\\nsweep: {zip: {training.epochs: [1, 2], data.seed: [1]}}"
            + " | training.epochs has 2 values, data.seed has 1",
        "methods: [imp]\\nsweep: {exclude: {data.seed: 1}} | no point has",
        "methods: [imp]\\naxes: {data.seed: [1]}\\nsweep: {include: {data.seed: 1}} | twice",
        "methods: [imp]\\naxes: {data.seed: [1]}\\nsweep: {cross: {data.seed: [2]}}"
            + " | data.seed is swept twice",
        "methods: [imp]\\naxes: {data.seed: [1]}\\nsweep: {exclude: {data.seed: 1}}"
            + " | leaves no point",
        "methods: [imp]\\naxes: {data.seed: {from: 1, to: 0}} | a range goes up",
        "methods: [imp]\\naxes: {data.seed: {from: 1, to: 2, by: 3}} | it has no key by",
        "methods: [imp]\\naxes: {training.epochs: {from: 1, to: 2, count: 3}}"
            + " | must be a whole number, got 1.5",
        "methods: [imp]\\nseeds: {from: 1, to: 1001} | make 1001 runs, more than maxRuns: 1000",
        "methods: [imp]\\nseeds: [1, 2]\\nmaxRuns: 1 | make 2 runs, more than maxRuns: 1",
        "methods: [imp]\\nmaxRuns: 0 | maxRuns must be a whole number from 1 to 100000, got 0",
      })
  void whatIsWrongIsNamed(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml.replace("\\n", "\n")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void keysOfAZipGoSideBySideAndOthersAreCrossed() {
    assertThat(
            names(
                """
                methods: [imp]
                axes: {data.seed: [1, 2]}
                sweep:
                  zip: {training.epochs: [10, 20], training.batchSize: [32, 64]}
                  exclude: [{data.seed: 2, training.epochs: 10}]
                  include: [{data.seed: 3}]
                """))
        .containsExactly(
            "imp-data.seed=1-training.epochs=10-training.batchSize=32-seed1",
            "imp-data.seed=1-training.epochs=20-training.batchSize=64-seed1",
            "imp-data.seed=2-training.epochs=20-training.batchSize=64-seed1",
            "imp-data.seed=3-seed1");
  }

  @Test
  void rangesAreListsAndTheirEndsAreExact() {
    String rate = "training.schedule.learningRate";
    assertThat(load("methods: [imp]\naxes: {" + rate + ": {from: 0.1, to: 0.3, step: 0.1}}").runs())
        .extracting(run -> run.spec().training().schedule().learningRate())
        .containsExactly(0.1, 0.2, 0.3);
    assertThat(
            load("methods: [imp]\naxes: {"
                    + rate
                    + ": {from: 1e-3, to: 0.1, count: 5, scale: log}}")
                .runs())
        .extracting(run -> run.spec().training().schedule().learningRate())
        .containsExactly(0.001, 0.00316228, 0.01, 0.0316228, 0.1);
    assertThat(names("methods: [imp]\nseeds: {from: 3, to: 5}"))
        .containsExactly("imp-seed3", "imp-seed4", "imp-seed5");
  }

  @Test
  void whatIsPrintedIsTheSameExperimentWithTheSourceOfEachValue() throws IOException {
    write("base.yaml", "methods: [imp, {method: swamp, as: '3', particles: 3}]\ndata: {seed: 4}");
    String yaml = "extends: base.yaml\nsweep: {zip: {training.epochs: [2, 3]}}\nmaxRuns: 4";
    Path file = write("x.yaml", yaml);
    List<String> overrides = List.of("model.name=lenet-5");
    List<String> lines = Experiment.printed(file, overrides);
    assertThat(lines)
        .anyMatch(line -> line.matches("  seed: 4 +# .*base\\.yaml"))
        .anyMatch(line -> line.matches("  name: .?lenet-5.? +# command line"))
        .anyMatch(line -> line.matches("    particles: \\[3] +# .*base\\.yaml"))
        .anyMatch(line -> line.matches("    particles: \\[1] +# preset imp"))
        .anyMatch(line -> line.matches("  batchSize: 128 +# default"))
        .anyMatch(line -> line.matches("maxRuns: 4 +# .*x\\.yaml"))
        .anyMatch(line -> line.matches("name: .?x.? +# the file's name"));
    Path printed = write("printed.yaml", String.join("\n", lines));
    Experiment again = Experiment.load(printed, List.of());
    assertThat(again.toYaml()).isEqualTo(Experiment.load(file, overrides).toYaml());
  }

  @Test
  void aResolvedSweepIsReadAgainAsTheSameRuns() throws IOException {
    Experiment swept =
        load("methods: [imp]\nsweep: {zip: {training.epochs: [2, 3], particles: [1, [1, 2]]}}");
    Path file = write("again.yaml", swept.toYaml());
    assertThat(Experiment.load(file, List.of()).digest()).isEqualTo(swept.digest());
    assertThat(Experiment.differences(swept.toYaml(), Files.readString(file))).isEmpty();
  }

  private Path write(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }
}
