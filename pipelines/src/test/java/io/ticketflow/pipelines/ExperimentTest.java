package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
  @TempDir Path folder;

  private Experiment load(String yaml, String... overrides) {
    try {
      return Experiment.load(Files.writeString(folder.resolve("x.yaml"), yaml), List.of(overrides));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RunSpec only(String yaml, String... overrides) {
    List<PlannedRun> runs = load(yaml, overrides).runs();
    assertThat(runs).hasSize(1);
    return runs.get(0).spec();
  }

  private List<String> names(String yaml, String... overrides) {
    return load(yaml, overrides).runs().stream().map(PlannedRun::run).toList();
  }

  // --- precedence -------------------------------------------------------------------------------

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
  void numbersWithExponentButNoPointAreNumbers() {
    assertThat(only("methods: [imp]\ntraining.optimiser.weightDecay: 5e-4").training().optimiser())
        .extracting("weightDecay")
        .isEqualTo(0.0005);
  }

  // --- methods ----------------------------------------------------------------------------------

  @Test
  void swampOfOneParticleWithoutSwaIsImp() {
    List<PlannedRun> runs =
        load("methods: [imp, {method: swamp, particles: 1, training: {swa: {fraction: 0}}}]\n"
                + "training: {epochs: 7, rewindEpochs: 2}")
            .runs();

    assertThat(runs.get(1).spec()).isEqualTo(runs.get(0).spec());
  }

  @Test
  void impSwaIsSwampOfOneParticle() {
    List<PlannedRun> runs = load("methods: [imp-swa, {method: swamp, particles: 1}]").runs();

    assertThat(runs.get(1).spec()).isEqualTo(runs.get(0).spec());
  }

  @Test
  void presetsSayWhatTheirPapersSay() {
    RunSpec finetune = only("methods: [imp-finetune]");
    assertThat(finetune.nextCycle())
        .isEqualTo(new NextCycleSpec(NextCycleSpec.Weights.AVERAGED, RateRule.FT, 0, 1, 0.1));
    RunSpec rewind = only("methods: [imp-lr-rewind]");
    assertThat(rewind.nextCycle())
        .isEqualTo(new NextCycleSpec(NextCycleSpec.Weights.AVERAGED, RateRule.LRW, 0, 1, 0.1));
    RunSpec oneShot = only("methods: [one-shot]");
    assertThat(oneShot.pruning().lastCycle()).isEqualTo(1);
    // 0.8^10 of 1,000,000, by hand: 107374.18…
    assertThat(oneShot.pruning().keptAfter(1, 1_000_000)).isEqualTo(107_374);
    RunSpec random = only("methods: [random]");
    assertThat(random.pruning().criterion()).isEqualTo(PruningSpec.Criterion.RANDOM);
    RunSpec plus = only("methods: [swamp-plus]");
    assertThat(List.of(plus.particlesIn(3), plus.particlesIn(4), plus.particlesIn(9)))
        .containsExactly(1, 4, 4);
  }

  // --- runs -------------------------------------------------------------------------------------

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

  // --- errors -----------------------------------------------------------------------------------

  record Bad(String yaml, String... says) {}

  static Stream<Bad> badFiles() {
    return Stream.of(
        new Bad("", "x.yaml", "is empty"),
        new Bad(
            "methods: [imp]\n\ntraining:\n  epochs: 3\n\tbatchSize: 3",
            "x.yaml, line 5: not YAML",
            "TAB"),
        new Bad("{{{ broken", "x.yaml, line 1: not YAML: a key must be a single value"),
        new Bad("methods: [imp]\nname: \u0001", "x.yaml: not YAML: the character U+0001"),
        new Bad("methods: [{method: imp, as: ..}]", "as of an entry", "got \"..\""),
        new Bad("methods: [{method: imp, as: 日本}]", "as of an entry of methods must be at most"),
        new Bad("methods: [{method: imp, as: \"a\\nb\"}]", "as of an entry of methods must be"),
        new Bad("methods: [{method: imp, as: " + "x".repeat(101) + "}]", "at most 100"),
        new Bad("methods: [imp]\nname: \"a\\nb\"", "name must be at most 100", "in one line"),
        new Bad("methods: [imp]\nname: " + "x".repeat(101), "name must be at most 100"),
        new Bad("methods: [imp]\ndata: {crop: 28}", "data.crop must be below", "(28), got 28"),
        new Bad(
            "methods: [imp]\ntraining: {schedule: {name: multi-step}}",
            "training.schedule.milestones must be at least one epoch"),
        new Bad("[1]", "x.yaml", "not a map"),
        new Bad("methods: [imp]\ntraining: {epochs: 3", "x.yaml, line ", "not YAML"),
        new Bad("methods: [imp]\ntraining: {epochs: 3, epochs: 4}", "line 2", "'epochs'", "twice"),
        new Bad("methods: [imp]\ndata: {seed: 1}\ndata: {seed: 2}", "line 3", "'data'", "twice"),
        new Bad(
            "methods: [imp]\ntraining: {epochs: 3}\ntraining.epochs: 4", "epochs is given twice"),
        new Bad("methods: &m [imp]\nseeds: *m", "line 2", "aliases"),
        new Bad("methods: [imp]\n---\nmethods: [imp]", "line 3", "second YAML document"),
        new Bad("seeds: [1]", "methods must name at least one method"),
        new Bad("methods: []", "methods must name at least one method"),
        new Bad("methods: [impp]", "x.yaml", "no method impp", "did you mean imp?"),
        new Bad("methods: [3]", "methods", "got 3"),
        new Bad("methods: [{particles: 3}]", "method of an entry", "got nothing"),
        new Bad("methods: [imp, imp]", "two methods are labelled imp"),
        new Bad("methods: [{method: imp, as: ''}]", "as of an entry of methods"),
        new Bad("methods: [imp]\nseeds: []", "seeds must be a list of whole numbers"),
        new Bad("methods: [imp]\nseeds: [-1]", "seeds must be a list of whole numbers"),
        new Bad("methods: [imp]\nseeds: [1.5]", "seeds must be", "1.5"),
        new Bad("methods: [imp]\nseeds: [1, 2, 1]", "seeds has 1 twice"),
        new Bad("methods: [imp]\nname: [1]", "name must be text"),
        new Bad("methods: [imp]\naxes: [1]", "axes must be a map"),
        new Bad("methods: [imp]\naxes: {seeds: [1]}", "seeds is no axis"),
        new Bad("methods: [imp]\naxes: {seed: [1]}", "seed is no axis", "under seeds"),
        new Bad("methods: [imp]\naxes: {training: [1]}", "axes.training is a section"),
        new Bad("methods: [imp]\naxes: {training.epoch: [1]}", "did you mean training.epochs?"),
        new Bad("methods: [imp]\naxes: {training.epochs: 3}", "must be a list of values, got 3"),
        new Bad("methods: [imp]\naxes: {training.epochs: []}", "must be a list of values"),
        new Bad(
            "methods: [imp]\naxes: {training.epochs: [3, 3]}", "axes.training.epochs has 3 twice"),
        new Bad("methods: [imp]\naxes: {training.epochs: [a]}", "training.epochs must be a whole"),
        new Bad("methods: [imp]\ntraining: 3", "training must be a map of keys such as"),
        new Bad("methods: [imp]\ntraining: [3]", "training must be a map of keys such as"),
        new Bad("methods:", "methods must name at least one method"),
        new Bad("methods: [imp]\nseeds:", "seeds must be", "got nothing"),
        new Bad(
            "methods: [imp]\ntraining: {batchsize: 3}",
            "x.yaml",
            "no key training.batchsize",
            "did you mean training.batchSize?"),
        new Bad("methods: [imp]\nbatchSize: 3", "no key batchSize", "did you mean training.batch"),
        new Bad("methods: [imp]\nlearningRate: 3", "did you mean training.", "learningRate?"),
        new Bad("method: [imp]", "no key method;", "did you mean methods?"),
        new Bad("methods: [imp]\npruning: {epochs: 3}", "did you mean training.epochs?"),
        new Bad("methods: [imp]\ndata: {digest: aa}", "no key data.digest"),
        new Bad("methods: [imp]\nseed: 3", "no key seed", "did you mean seeds?"),
        new Bad(
            "methods: [{method: imp, partcles: 3}]",
            "x.yaml, method imp",
            "did you mean particles?"),
        new Bad(
            "methods: [imp]\ntraining: {epochs: ten}",
            "training.epochs must be a whole number, got \"ten\""),
        new Bad("methods: [imp]\ntraining: {epochs: 1.5}", "a whole number, got 1.5"),
        new Bad("methods: [imp]\ntraining: {epochs: }", "a whole number, got nothing"),
        new Bad("methods: [imp]\ntraining: {epochs: true}", "a whole number, got true"),
        new Bad("methods: [imp]\ntraining: {epochs: 99999999999}", "whole number, got 99999999999"),
        new Bad("methods: [imp]\ntraining: {epochs: 0}", "training.epochs must be from 1", "got 0"),
        new Bad("methods: [imp]\ntraining: {rewindEpochs: 10}", "below training.epochs (10)"),
        new Bad("methods: [imp]\ndata: {flip: 'yes'}", "data.flip must be true or false"),
        new Bad("methods: [imp]\ndata: {dir: 3}", "data.dir must be text, got 3"),
        new Bad("methods: [imp]\ndata: {validation: .nan}", "line 2: not YAML"),
        new Bad("methods: [imp]\ndata: {validation: 1}", "data.validation must be in [0, 1)"),
        new Bad("methods: [imp]\ndata: {name: minst}", "data.name must be glyphs, mnist"),
        new Bad("methods: [imp]\ndata: {name: mnist}", "data.dir", "files of mnist"),
        new Bad("methods: [imp]\ndata: {validation: 0}", "training.validateEvery must be 0"),
        new Bad("methods: [imp]\nmodel: {name: resnet-21}", "resnet-21", "resnet-20"),
        new Bad("methods: [imp]\nmodel: {width: 3}", "model.width must be 0 for lenet"),
        new Bad(
            "methods: [imp]\ntraining: {optimiser: {name: sdg}}",
            "training.optimiser.name must be sgd or adam, got \"sdg\""),
        new Bad(
            "methods: [imp]\ntraining: {schedule: {name: cosin}}",
            "constant, multi-step, cosine, linear or one-cycle, got \"cosin\""),
        new Bad(
            "methods: [imp]\ntraining: {schedule: {milestones: [8, 4]}}",
            "training.schedule.milestones must be positive and ascending, got [8, 4]"),
        new Bad(
            "methods: [imp]\ntraining: {schedule: {milestones: [a]}}", "a whole number or a list"),
        new Bad("methods: [swamp]\nparticles: []", "particles must be a number or a list"),
        new Bad("methods: [swamp]\nparticles: 0", "method swamp: particles must be from 1"),
        new Bad("methods: [swamp]\npruning: {densities: [0.5, 0.6]}", "not ascending"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void badFilesGetOneSentenceThatNamesThem(Bad bad) {
    assertThatThrownBy(() -> load(bad.yaml()))
        .isInstanceOf(UserException.class)
        .message()
        .contains("x.yaml")
        .contains(bad.says())
        .doesNotContain("\n", "com.fasterxml", "org.yaml", "io.ticketflow");
  }

  @Test
  void absentFilesAndFoldersAreNamed() {
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> Experiment.load(absent, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(absent + " does not exist");
    assertThatThrownBy(() -> Experiment.load(folder, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void textOfAnotherEncodingIsNamed() throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    assertThatThrownBy(() -> Experiment.load(latin, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("latin.yaml is not UTF-8");
  }

  static Stream<Bad> badOverrides() {
    return Stream.of(
        new Bad("epochs", "override epochs", "key=value"),
        new Bad("=3", "key=value"),
        new Bad("training.epoch=3", "override training.epoch=3", "did you mean training.epochs?"),
        new Bad(
            "training.epochs=ten", "override training.epochs=ten", "a whole number, got \"ten\""),
        new Bad("training.epochs=", "a whole number, got nothing"),
        new Bad("seeds=[1", "override seeds=[1", "not YAML"),
        new Bad("seeds=[]", "seeds must be"),
        new Bad("methods=[foo]", "no method foo"),
        new Bad("methods.foo.particles=2", "no method of that label", "imp, swamp"),
        new Bad("methods.imp.particle=2", "did you mean particles?"),
        new Bad("methods.swamp.particles=x", "particles must be a whole number"),
        new Bad("training.batchSize=32", "changes no run", "axes.training.batchSize"),
        new Bad("training.batchSize=0", "override training.batchSize=0", "must be from 1"));
  }

  @ParameterizedTest
  @MethodSource("badOverrides")
  void badOverridesAreNamed(Bad bad) {
    String yaml = "methods: [imp, swamp]\naxes: {training.batchSize: [64, 128]}";
    assertThatThrownBy(() -> load(yaml, bad.yaml()))
        .isInstanceOf(UserException.class)
        .message()
        .contains(bad.says())
        .doesNotContain("\n", "com.fasterxml", "org.yaml", "io.ticketflow");
  }

  @Test
  void anOverrideThatEveryMethodHidesIsAnError() {
    assertThatThrownBy(() -> load("methods: [imp]", "particles=2"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("particles=[2] changes no run")
        .hasMessageContaining("set methods.imp.particles");
  }

  @Test
  void valuesOutOfRangeAreSaidToBeSoEvenIfEveryMethodHidesThem() {
    assertThatThrownBy(() -> load("methods: [imp]", "particles=0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("particles must be from 1 to 1024")
        .hasMessageNotContaining("changes no run");
  }

  @Test
  void namesFarFromAllKnownOnesGetNoSuggestion() {
    assertThatThrownBy(() -> load("methods: [imp]", "foo=1"))
        .isInstanceOf(UserException.class)
        .hasMessage("override foo=1: there is no key foo");
    assertThatThrownBy(() -> load("methods: [zzzzzzzz]"))
        .isInstanceOf(UserException.class)
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void overridesHaveNoLines() {
    assertThatThrownBy(() -> load("methods: [imp]", "seeds=[1"))
        .isInstanceOf(UserException.class)
        .hasMessageNotContaining("line");
  }

  // --- resolved ---------------------------------------------------------------------------------

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

  @Test
  void runsOfOneFileAreAlwaysInTheSameOrder() {
    assertThat(new HashSet<>(List.of(load(SWEEP).toYaml(), load(SWEEP).toYaml()))).hasSize(1);
  }
}
