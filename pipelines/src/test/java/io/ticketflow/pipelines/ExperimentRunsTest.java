package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.spec.PruningSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An experiment plans a run for each method, point of its axes and seed, and names each run for a
 * file.
 */
class ExperimentRunsTest extends ExperimentFixture {
  @Test
  void runsAreTheProductOfMethodsAxesAndSeeds() {
    Experiment experiment =
        load(
            "methods: [imp, swamp]\nseeds: [1, 2]\n"
                + "axes: {training.epochs: [10, 20], pruning.scope: [global, erk]}");

    assertThat(experiment.runs()).hasSize(2 * 2 * 2 * 2);
    assertThat(experiment.runs().get(1))
        .extracting(PlannedRun::run, PlannedRun::method, PlannedRun::variant)
        .containsExactly(
            "imp-training.epochs=10-pruning.scope=global-seed2",
            "imp",
            "training.epochs=10,pruning.scope=global");
    assertThat(experiment.runs().get(1).spec().seed()).isEqualTo(2);
    assertThat(experiment.runs().get(1).spec().training().epochs()).isEqualTo(10);
    PlannedRun last = experiment.runs().get(15);
    assertThat(last.run()).isEqualTo("swamp-training.epochs=20-pruning.scope=erk-seed2");
    assertThat(last.spec().pruning().scope()).isEqualTo(PruningSpec.Scope.ERK);
  }

  @Test
  void anAxisOfListsSweepsLists() {
    assertThat(names("methods: [swamp]\naxes: {particles: [2, [1, 1, 4]]}"))
        .containsExactly("swamp-particles=2-seed1", "swamp-particles=.1.1.4.-seed1");
  }

  @Test
  void runNamesAreUniqueFileNamesThatStayInTheirFolder() {
    String longLabel = "x".repeat(99);
    List<String> names =
        names(
            "methods: [{method: imp, as: 1.+}, {method: imp, as: a+b},"
                + " {method: imp, as: a b}, {method: imp, as: A B}, {method: imp, as: 1..},"
                + " {method: imp, as: "
                + longLabel
                + "}, {method: imp, as: "
                + longLabel
                + "y}]\nseeds: [1, 2]\naxes: {pruning.exclude: [["
                + "z".repeat(150)
                + "]]}");

    assertThat(names).hasSize(14).doesNotHaveDuplicates();
    assertThat(names.stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)).toList())
        .doesNotHaveDuplicates();
    assertThat(names)
        .allSatisfy(
            name -> {
              assertThat(name).matches("[A-Za-z0-9_=][A-Za-z0-9._=-]*").hasSizeLessThan(201);
              assertThat(folder.resolve(name).normalize().getParent()).isEqualTo(folder);
            });
  }
}
