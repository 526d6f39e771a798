package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.layers.Presets;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A file may write the same experiment in several ways, and may leave sections and its name out.
 */
class ExperimentNotationTest extends ExperimentFixture {
  @Test
  void keysMayBeNestedDottedOrBoth() {
    RunSpec run = only("methods: [imp]\ntraining.epochs: 3\ntraining: {optimiser.momentum: 0.5}");

    assertThat(run.training().epochs()).isEqualTo(3);
    assertThat(run.training().optimiser().momentum()).isEqualTo(0.5);
  }

  @Test
  void namesOfChoicesAreReadInAnyCaseWithDashesOrUnderscores() {
    for (String name : List.of("multi-step", "MULTI_STEP", "Multi_Step")) {
      RunSpec run =
          only(
              "methods: [imp]",
              "training.schedule.name=" + name,
              "training.schedule.milestones=[4, 9]");
      assertThat(run.training().schedule().name()).isEqualTo(ScheduleSpec.Name.MULTI_STEP);
    }
  }

  @Test
  void everyPresetStandsForAllOfThemWithImpFirst() {
    List<String> all = new ArrayList<>(Presets.names());
    all.remove("imp");
    all.add(0, "imp");
    assertThat(methods("methods: every preset")).isEqualTo(all);
    all.add("two");
    assertThat(methods("methods: [every preset, {method: swamp, as: two, particles: 2}]"))
        .isEqualTo(all);
    assertThatThrownBy(() -> load("methods: [imp, every preset]"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two methods are labelled imp");
  }

  private List<String> methods(String text) {
    return load(text).runs().stream().map(PlannedRun::method).distinct().toList();
  }

  /** A network's layers are known here, so words for them become their names. */
  @Test
  void wordsForTensorsBecomeTheirNames() {
    RunSpec run =
        only("methods: [imp]\nmodel.name: lenet-5\npruning.exclude: [first-layer, conv-only]");
    assertThat(run.pruning().exclude()).containsExactly("conv1.weight", "fc1.weight", "fc2.weight");
  }

  @Test
  void numbersWithExponentButNoPointAreNumbers() {
    assertThat(only("methods: [imp]\ntraining.optimiser.weightDecay: 5e-4").training().optimiser())
        .extracting("weightDecay")
        .isEqualTo(0.0005);
  }

  @Test
  void dataDirIsTakenAsWritten() {
    assertThat(only("methods: [imp]\ndata: {name: mnist, dir: data/mnist}").data().dir())
        .isEqualTo("data/mnist");
  }

  @Test
  void sectionsMayBeEmpty() {
    assertThat(only("methods: [imp]\naxes:\ntraining:\n  swa:\n").training().epochs())
        .isEqualTo(10);
  }

  @Test
  void nameIsTheFilesUnlessGiven() {
    assertThat(load("methods: [imp]").name()).isEqualTo("x");
    assertThat(load("name: y\nmethods: [imp]").name()).isEqualTo("y");
  }
}
