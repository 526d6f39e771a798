package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad file or override gets one sentence that names it and says what is wrong. */
class BadExperimentTest extends ExperimentFixture {
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
        new Bad(
            "methods: [imp]\naxes: {training.epochs: 3}",
            "must be a list of values or a range, got 3"),
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
}
