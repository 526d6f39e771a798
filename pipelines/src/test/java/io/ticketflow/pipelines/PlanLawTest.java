package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.PlannedAction.State;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A plan lists what a run does: no more, no less. */
class PlanLawTest {
  private static final String SMALL =
      """
      data: {name: glyphs, train: 120, test: 40, validation: 0.25}
      model: {name: lenet-300-100}
      training:
        epochs: 4
        rewindEpochs: 1
        batchSize: 32
        schedule: {name: linear, learningRate: 0.1}
        sparsifier: {segments: 2, interval: 2, phaseEpochs: 1, begin: 0.1, lookAhead: {minSteps: 1, maxSteps: 2}}
      pruning: {densities: [0.4, 0.1], saliency: {batchSize: 20, batches: 1, rounds: 3}}
      evaluation: {ensemble: true}
      """;

  /** The head of an experiment whose settings go together, as YAML. */
  @Provide
  Arbitrary<String> experiments() {
    Arbitrary<String> method =
        Arbitraries.of(
            "imp",
            "swamp",
            "imp-finetune",
            "one-shot",
            "random",
            "snip",
            "grasp",
            "synflow",
            "set",
            "rigl",
            "gmp",
            "dpf",
            "acdc",
            "instant-soup",
            "sms",
            "sms-greedy",
            "cyclic",
            "swamp-plus",
            "swamp-on-gmp",
            "papa-all",
            "swamp-on-rigl",
            "swamp-on-dpf",
            "swamp-adaptive",
            "lottery-pools",
            "imp-ensemble",
            "imp-reprune",
            "imp-perturbed");
    Arbitrary<String> setting =
        Arbitraries.of(
            "",
            "",
            "",
            ", particles: 3",
            ", particles: [1, 2]",
            ", members: 2",
            ", merge: greedy",
            ", particles: 3, merge: greedy",
            ", particles: 3, merge: stock",
            ", particles: 3, pruning: {voting: majority}",
            ", training: {normalisation: interpolated}",
            ", particles: 3, merge: ties, merging: {keep: 0.5}",
            ", particles: 3, merge: karcher",
            ", particles: 3, merge: fisher, merging: {images: 20}",
            ", particles: 3, merge: learned, merging: {epochs: 1}",
            ", perturbed: {members: 2, epochs: 2}",
            ", particles: 2, perturbed: {members: 3, factor: 0, epochs: 2}",
            ", pool: {kinds: [lottery, ema]}",
            ", pool: {kinds: [swa, average], targets: [1]}",
            ", particles: 3, training: {averageEvery: 2}",
            ", particles: 3, adaptive: {perRound: 1}",
            ", particles: 3, adaptive: {perRound: 1, minGain: 100}");
    Arbitrary<String> control =
        Arbitraries.of(
            "",
            "",
            "weights: reinitialised",
            "weights: reinitialised, signs: kept",
            "mask: shuffled");
    Arbitrary<List<String>> methods =
        Combinators.combine(method, setting, control)
            .as(PlanLawTest::method)
            .list()
            .ofMinSize(1)
            .ofMaxSize(2);
    Arbitrary<String> measures =
        Arbitraries.of(
                "particle-barriers",
                "ticket-barriers",
                "cycle-barriers",
                "cycle-planes",
                "hull",
                "diversity",
                "ticket-signs",
                "cycle-masks",
                "units")
            .list()
            .uniqueElements()
            .ofMaxSize(2)
            .map(take -> "measure: {take: " + take + ", points: 2, grid: 2, hullPoints: 1}");
    return Combinators.combine(methods, Arbitraries.of("", "budget: matched"), measures)
        .as((some, budget, measure) -> head(named(some), budget + "\n" + measure))
        .filter(PlanLawTest::goesTogether);
  }

  private static String head(List<String> methods, String budget) {
    return "methods: [" + String.join(", ", methods) + "]\n" + budget + "\n";
  }

  private static boolean goesTogether(String head) {
    try {
      Path folder = Files.createTempDirectory("plan-law");
      try {
        return !Experiments.records(folder, head + SMALL).isEmpty();
      } catch (UserException e) {
        return false;
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String method(String method, String setting, String control) {
    String run = "{method: " + method + ", as: NAME" + setting + "}";
    return control.isEmpty()
        ? run
        : run
            + ", {method: "
            + method
            + ", as: NAMEcontrol"
            + setting
            + ", tickets: {from: NAME, "
            + control
            + "}}";
  }

  private static List<String> named(List<String> methods) {
    List<String> named = new ArrayList<>();
    for (String method : methods) {
      named.add(method.replace("NAME", "m" + named.size()));
    }
    return named;
  }

  @Property(tries = 6, edgeCases = EdgeCasesMode.NONE)
  void holdsForRandomExperiments(@ForAll("experiments") String head) throws IOException {
    holds(head);
  }

  @Example
  void holdsForMembersOfSeveralParticles() throws IOException {
    holds(head(List.of("{method: swamp, members: 2, particles: 2}"), ""));
  }

  @Example
  void holdsForMembersOneAfterAnother() throws IOException {
    holds(head(List.of("{method: swamp-on-rigl, particles: 2, perturbed: {members: 2}}"), ""));
  }

  @Example
  void countsNoTrainingAsSharedThatMayNotBe() throws IOException {
    holds(
        head(
            List.of(
                "{method: swamp, as: all, particles: 3}",
                "{method: swamp, as: some, particles: 3, adaptive: {perRound: 1, minGain: 100}}"),
            ""));
  }

  private static void holds(String head) throws IOException {
    Path folder = Files.createTempDirectory("plan-law");
    try {
      holds(folder.resolve("out"), Experiments.records(folder, head + SMALL));
    } finally {
      delete(folder);
    }
  }

  private static void holds(Path output, List<RunRecord> runs) throws IOException {
    Workplace place = new Workplace(output.toString());
    List<PlannedAction> before = Plan.of(runs, place).actions();
    assertThat(output).doesNotExist();
    List<PlannedAction> after = Experiments.run(output, runs).actions();
    assertThat(after).noneMatch(action -> action.state() == State.TO_RUN);
    assertThat(keys(after)).isEqualTo(committed(output));

    // Before a run an action whose inputs do not exist yet has a stand-in's key: what it is for
    // tells which one it is.
    Map<List<Object>, List<String>> planned = byPurpose(before);
    Map<List<Object>, List<String>> done = byPurpose(after);
    assertThat(planned.keySet()).containsAll(done.keySet());
    done.forEach(
        (purpose, keys) ->
            assertThat(planned.get(purpose))
                .as("%s", purpose)
                .hasSizeGreaterThanOrEqualTo(keys.size()));
    if (isAdaptive(runs)) { // which rounds there are nobody knows before: all are listed
      assertThat(trainings(before)).isGreaterThanOrEqualTo(trainings(after));
      return;
    }
    assertThat(before).hasSameSizeAs(after);
    Map<String, String> became = new HashMap<>();
    planned.forEach(
        (purpose, keys) -> {
          List<String> its = done.getOrDefault(purpose, List.of());
          for (int i = 0; i < keys.size(); i++) {
            assertThat(became.putIfAbsent(keys.get(i), its.get(i)))
                .as("what was planned as one action is one: %s", purpose)
                .isIn(null, its.get(i));
          }
        });
  }

  private static Map<List<Object>, List<String>> byPurpose(List<PlannedAction> plan) {
    Map<List<Object>, List<String>> keys = new HashMap<>();
    for (PlannedAction action : plan) {
      List<Object> purpose = new ArrayList<>();
      purpose.add(action.run());
      purpose.add(action.cycle());
      purpose.add(action.kind());
      purpose.add(action.particle() == null ? "" : action.particle());
      keys.computeIfAbsent(purpose, p -> new ArrayList<>()).add(action.key());
    }
    return keys;
  }

  private static long trainings(List<PlannedAction> plan) {
    return plan.stream().filter(PlannedAction::trains).map(PlannedAction::key).distinct().count();
  }

  private static boolean isAdaptive(List<RunRecord> runs) {
    return runs.stream().anyMatch(run -> !run.getSpec().contains("\"perRound\":0"));
  }

  private static Set<String> keys(List<PlannedAction> plan) {
    return plan.stream().map(PlannedAction::key).collect(Collectors.toSet());
  }

  private static Set<String> committed(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output.resolve("actions"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()).replace(".avro", ""))
          .collect(Collectors.toSet());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
