package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A resolved experiment leaves nothing open, loads as the same runs, and has a digest that tells
 * runs apart.
 */
class ResolvedExperimentTest extends ExperimentFixture {
  private static final String SWEEP =
      """
      name: 'yes'
      methods: [imp, {method: swamp, as: s2, particles: [1, 2]}]
      seeds: [3, 5]
      axes: {training.optimiser.weightDecay: [1e-4, 0]}
      training: {schedule: {name: one-cycle, warmupEpochs: 2}}
      """;

  @Test
  void resolvedYamlLoadsAsTheSameRuns() throws IOException {
    Experiment first = load(SWEEP);
    String yaml = first.toYaml(Map.of("ticketflow", "0.1.0", "beam", "2.70.0"));
    Experiment second =
        Experiment.load(Files.writeString(folder.resolve("y.yaml"), yaml), List.of());

    assertThat(second.runs()).isEqualTo(first.runs());
    assertThat(second.name()).isEqualTo("yes");
    assertThat(second.toYaml(Map.of("beam", "2.70.0", "ticketflow", "0.1.0"))).isEqualTo(yaml);
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(yaml).contains("digest: " + quoted(yaml, first.digest())).contains("2.70.0");
  }

  private static String quoted(String yaml, String text) {
    return yaml.contains("\"" + text + "\"") ? "\"" + text + "\"" : text;
  }

  @Test
  void resolvedYamlNamesEveryKeyInPlainNumbers() {
    assertThat(load(SWEEP).toYaml())
        .contains("weightDecay: 0.0001", "epsilon: 0.00000001", "name: one-cycle", "bins: 15")
        .doesNotContain("E-");
  }

  @Test
  void specificationsSurviveCanonicalJson() {
    for (PlannedRun run : load(SWEEP).runs()) {
      String json = CanonicalJson.write(run.spec());
      assertThat(CanonicalJson.read(json, RunSpec.class)).isEqualTo(run.spec());
    }
  }

  @Test
  void digestsTellRunsApartButNotWhereDataLie() {
    String yaml = "methods: [imp]\ndata: {name: mnist, dir: /a}";

    assertThat(load(yaml, "data.dir=/b").digest()).isEqualTo(load(yaml).digest());
    assertThat(load(yaml, "training.epochs=4").digest()).isNotEqualTo(load(yaml).digest());
    assertThat(load(yaml, "seeds=[2]").digest()).isNotEqualTo(load(yaml).digest());
  }

  @Test
  void runsOfOneFileAreAlwaysInTheSameOrder() {
    assertThat(new HashSet<>(List.of(load(SWEEP).toYaml(), load(SWEEP).toYaml()))).hasSize(1);
  }
}
