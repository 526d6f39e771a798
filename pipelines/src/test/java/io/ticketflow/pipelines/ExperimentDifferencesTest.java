package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The differences of two resolved experiments name each key and both of its values. */
class ExperimentDifferencesTest extends ExperimentFixture {
  @Test
  void differencesNameKeysAndBothValues() {
    String yaml = "methods: [imp, swamp]\ndata: {name: mnist, dir: /a}";
    String there = load(yaml).toYaml();
    String here =
        load(yaml, "training.epochs=20", "seeds=[1, 2]", "methods.swamp.particles=2", "data.dir=/b")
            .toYaml(Map.of("ticketflow", "2"));

    assertThat(Experiment.differences(there, here))
        .containsExactlyInAnyOrder(
            "training.epochs is 10 there and 20 here",
            "seeds is [1] there and [1,2] here",
            "methods.swamp.particles is absent there and [2] here");
    assertThat(Experiment.differences(there, there)).isEmpty();
  }

  @Test
  void aMethodThatOneSideLacksIsOnePhrase() {
    String both = load("methods: [imp, swamp, {method: imp, as: imp.2}]").toYaml();
    String one = load("methods: [imp]").toYaml();

    assertThat(Experiment.differences(both, one))
        .containsExactly(
            "method swamp is there and not here", "method imp.2 is there and not here");
    assertThat(Experiment.differences(one, both))
        .containsExactly(
            "method swamp is here and not there", "method imp.2 is here and not there");
  }

  @Test
  void sixDifferencesAreNamedAndTheOthersCounted() {
    String there = load("methods: [imp]\ndata: {size: 9, seed: 9, train: 9, test: 9}").toYaml();
    String here =
        load("methods: [imp]\nevaluation: {bins: 9, batchSize: 9}\npruning: {rate: 0.9, cycles: 9}")
            .toYaml();

    assertThat(Experiment.differences(there, here)).hasSize(7).endsWith("and 2 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{{ broken", "# a header only\n", "[1]"})
  void damagedFilesAreNamed(String text) {
    assertThatThrownBy(
            () ->
                Experiment.differences("o/experiment.yaml", text, load("methods: [imp]").toYaml()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("o/experiment.yaml cannot be read")
        .hasMessageEndingWith("; it is not as Ticketflow wrote it");
  }
}
