package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An experiment takes each value from the source that comes first: axis, method entry, preset,
 * body, default. Overrides stand in for the body or for an entry.
 */
class ExperimentPrecedenceTest extends ExperimentFixture {
  @Test
  void defaultsHoldWhereNothingElseSpeaks() {
    RunSpec run = only("methods: [swamp]");

    assertThat(run.seed()).isEqualTo(1);
    assertThat(run.data().name()).isEqualTo("glyphs");
    assertThat(run.particles()).containsExactly(4);
    assertThat(run.training().swa().fraction()).isEqualTo(0.25);
    assertThat(run.training().optimiser().epsilon()).isEqualTo(1e-8);
    assertThat(run.data().digest()).isEmpty();
  }

  @Test
  void eachSourceHidesTheOnesBelow() {
    String body = "particles: 6\nmethods: ";

    assertThat(only(body + "[swamp]").particles()).as("body over default").containsExactly(6);
    assertThat(only(body + "[imp]").particles()).as("preset over body").containsExactly(1);
    assertThat(only(body + "[{method: imp, particles: 2}]").particles())
        .as("entry over preset")
        .containsExactly(2);
    assertThat(only(body + "[{method: imp, particles: 2}]\naxes: {particles: [3]}").particles())
        .as("axis over entry")
        .containsExactly(3);
  }

  @Test
  void overridesChangeTheBodySoPresetsStillHold() {
    List<PlannedRun> runs = load("methods: [imp, swamp]", "particles=2").runs();

    assertThat(runs.get(0).spec().particles()).containsExactly(1);
    assertThat(runs.get(1).spec().particles()).containsExactly(2);
  }

  @Test
  void overridesOfAnEntryHoldOverItsPreset() {
    List<PlannedRun> runs =
        load("methods: [imp, {method: imp, as: imp.2}]", "methods.imp.2.particles=3").runs();

    assertThat(runs.get(0).spec().particles()).containsExactly(1);
    assertThat(runs.get(1).spec().particles()).containsExactly(3);
  }

  @Test
  void overridesReplaceMethodsSeedsAndAxes() {
    String yaml = "methods: [imp]\nseeds: [1]\naxes: {training.epochs: [3]}";

    assertThat(names(yaml, "methods=[swamp, random]", "seeds=[7]", "axes={}"))
        .containsExactly("swamp-seed7", "random-seed7");
    assertThat(names(yaml, "axes.training.epochs=[4]", "axes.pruning.rate=[0.5]"))
        .containsExactly("imp-training.epochs=4-pruning.rate=0.5-seed1");
    assertThat(load(yaml, "name=other").name()).isEqualTo("other");
  }

  @Test
  void aLaterOverrideHolds() {
    RunSpec run = only("methods: [imp]", "training.epochs=3", "training.epochs=5", "data.dir=/x");

    assertThat(run.training().epochs()).isEqualTo(5);
    assertThat(run.data().dir()).isEqualTo("/x");
  }

  @Test
  void overridesOfASectionKeepItsOtherKeys() {
    RunSpec run =
        only(
            "methods: [imp]\ntraining: {batchSize: 32}",
            "training={epochs: 3, swa: {fraction: 0}}");

    assertThat(run.training().epochs()).isEqualTo(3);
    assertThat(run.training().batchSize()).isEqualTo(32);
  }
}
