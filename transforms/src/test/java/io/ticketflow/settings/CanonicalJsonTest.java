package io.ticketflow.settings;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.MergingSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.PerturbedSpec;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.TestSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  private static final RunSpec RUN = Settings.defaults().run(1);

  private static final String SCHEDULE =
      """
      {"name": "MULTI_STEP", "learningRate": 1, "milestones": 4, "gamma": 0.1,
       "warmupEpochs": 0, "finalLearningRate": 0}
      """;

  private static final String MERGING =
      "{\"keep\":0.5,\"scale\":1,\"images\":1000,\"floor\":1e-8,\"epochs\":5,\"learningRate\":0.01}";

  private static JsonNode tree(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(String from, String to, String message) {
    JsonNode changed = tree(SCHEDULE.replace(from, to));
    assertThatThrownBy(() -> CanonicalJson.bind(changed, ScheduleSpec.class))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void writesKeysSortedAndNamesOfChoicesInLowerCaseWithDashes() {
    ScheduleSpec spec =
        new ScheduleSpec(ScheduleSpec.Name.ONE_CYCLE, 0.1, List.of(1, 2), 0.5, 0, 0);

    String json =
        "{\"finalLearningRate\":0.0,\"gamma\":0.5,\"learningRate\":0.1,\"milestones\":[1,2],"
            + "\"name\":\"one-cycle\",\"warmupEpochs\":0.0}";
    assertThat(CanonicalJson.write(spec)).isEqualTo(json);
    assertThat(CanonicalJson.read(json, ScheduleSpec.class)).isEqualTo(spec);
  }

  @Test
  void whatASpecificationAnswersIsNoPartOfIt() {
    assertThat(CanonicalJson.write(RUN.pool())).doesNotContain("none");
    assertThat(CanonicalJson.read(CanonicalJson.write(RUN.pool()), PoolSpec.class))
        .isEqualTo(RUN.pool());
    assertThat(CanonicalJson.write(RUN.tickets())).doesNotContain("control");
  }

  /** Or every action of before would have another key. */
  @Test
  void keysThatCameLaterStandOnlyWhereTheySaySomething() {
    String text = "{\"initialisation\":\"he\",\"name\":\"lenet-5\",\"stem\":\"cifar\",\"width\":0}";
    ModelSpec named = new ModelSpec("lenet-5", 0, "cifar", HE);
    assertThat(CanonicalJson.write(named)).isEqualTo(text);
    assertThat(CanonicalJson.read(CanonicalJson.write(RUN), RunSpec.class)).isEqualTo(RUN);
    RunSpec script =
        RUN.withModel(new ModelSpec("x", 0, "cifar", HE, "net.pt", true, "ab", "", false, "", 0));
    assertThat(CanonicalJson.write(script)).contains("\"torchscript\":\"net.pt\"");
    assertThat(CanonicalJson.read(CanonicalJson.write(script), RunSpec.class)).isEqualTo(script);
  }

  /** Likewise of what came with airbench, which also is read again. */
  @Test
  void keysOfDataAndTrainingThatCameLaterStandOnlyWhereTheySaySomething() {
    assertThat(CanonicalJson.write(RUN))
        .doesNotContain("border", "alternating", "decoupled", "mirror")
        .doesNotContain("averageEvery", "lookAhead", "normalisation");
    RunSpec later =
        TestSettings.run(
            "data: {crop: 2, border: reflect, flip: true, alternating: true}",
            "training: {optimiser: {nesterov: true}, decoupled: {examples: 1024, normBiases: 64}}",
            "training.averageEvery: 5",
            "training.sparsifier: {name: isp, lookAhead: {copies: 5}}",
            "training.normalisation: interpolated",
            "evaluation.mirror: true");
    String text = CanonicalJson.write(later);
    assertThat(text)
        .contains("\"alternating\":true", "\"border\":\"reflect\"")
        .contains("\"averageEvery\":5")
        .contains("\"lookAhead\":{\"copies\":5,\"maxSteps\":100,\"minSteps\":10,\"spread\":2.0}")
        .contains("\"mirror\":true", "\"normalisation\":\"interpolated\"")
        .contains("\"decoupled\":{\"examples\":1024,\"normBiases\":64.0}");
    assertThat(CanonicalJson.read(text, RunSpec.class)).isEqualTo(later);
  }

  @Test
  void aFilesDigestAndNotItsPlaceDecidesKeys() {
    ModelSpec here =
        new ModelSpec("x", 0, "cifar", HE, "here/net.pt", true, "ab", "", false, "", 0);
    ModelSpec there =
        new ModelSpec("y", 0, "cifar", HE, "there/net.pt", true, "ab", "", false, "", 0);
    assertThat(here.withoutLocation()).isEqualTo(there.withoutLocation());
    assertThat(here.at("here/net.pt", "cd").withoutLocation()).isNotEqualTo(here.withoutLocation());
  }

  @Test
  void digestsTheTextItWrites() {
    // printf '{"a":1,"b":2}' | sha256sum
    assertThat(CanonicalJson.digest(Map.of("b", 2, "a", 1)))
        .isEqualTo("43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777");
  }

  @Test
  void bindsWholeNumbersToDecimalsAndSingleValuesToLists() {
    assertThat(CanonicalJson.bind(tree(SCHEDULE), ScheduleSpec.class))
        .isEqualTo(new ScheduleSpec(ScheduleSpec.Name.MULTI_STEP, 1, List.of(4), 0.1, 0, 0));
  }

  @Test
  void saysInOneSentenceWhatDoesNotFit() {
    assertRefused("0.1", "\"x\"", "gamma must be a number, got \"x\"");
    assertRefused("4", "[4.5]", "milestones must be a whole number or a list of such, got [4.5]");
    assertRefused(
        "MULTI_STEP",
        "steps",
        "name must be constant, multi-step, cosine, linear or one-cycle, got \"steps\"");
    assertRefused("\"gamma\": 0.1,", "", "gamma is missing");
    assertRefused("\"gamma\": 0.1,", "\"gamma\": 0.1, \"gama\": 1,", "gama is not a key");
    assertRefused("0.1", "2", "training.schedule.gamma must be from 0 to 1, got 2.0");
  }

  /** Texts of before there were measures and rules of merging mean what the defaults say. */
  @Test
  void aTextWithoutLaterSectionsHasTheirDefaults() {
    RunSpec run = Settings.defaults().run(1);
    assertThat(run.measure()).isEqualTo(MeasureSpec.NONE);
    assertThat(run.merging()).isEqualTo(MergingSpec.PUBLISHED);
    assertThat(run.perturbed()).isEqualTo(PerturbedSpec.NONE);
    assertThat(CanonicalJson.write(run))
        .doesNotContain("measure", "merging", "signs", "together", "perturbed");
    assertThat(CanonicalJson.read(CanonicalJson.write(run), RunSpec.class)).isEqualTo(run);
    RunSpec other =
        CanonicalJson.bind(
            tree(CanonicalJson.write(run).replaceFirst("\\{", "{\"merging\":" + MERGING + ",")),
            RunSpec.class);
    assertThat(other.merging()).isEqualTo(new MergingSpec(0.5, 1, 1000, 1e-8, 5, 0.01));
    assertThat(CanonicalJson.write(other)).contains("\"keep\":0.5");
    assertThat(CanonicalJson.read(CanonicalJson.write(other), RunSpec.class)).isEqualTo(other);
  }

  /** Neither the key of a training nor a run's text tells of members that there are not. */
  @Test
  void membersStandOnlyWhereThereAreSome() {
    RunSpec run = TestSettings.run("perturbed: {members: 2, factor: 0.5}");
    String text = CanonicalJson.write(run);
    assertThat(text).contains("\"factor\":0.5");
    assertThat(CanonicalJson.read(text, RunSpec.class)).isEqualTo(run);
    ParticleTrainings trainings = new ParticleTrainings(run);
    assertThat(CanonicalJson.write(trainings.of(10, 0))).doesNotContain("spread");
    assertThat(CanonicalJson.write(trainings.of(11, 0))).contains("\"spread\":true");
  }

  @Test
  void listsTheKeysOfARunInTheirOrder() {
    assertThat(SpecKeys.of(RunSpec.class).types().keySet())
        .startsWith("seed", "data.name", "data.dir")
        .contains("training.optimiser.beta1", "training.swa.fraction", "particles")
        .contains("measure.corruptions", "measure.severities", "measure.corrupted")
        .endsWith("perturbed.learningRate", "perturbed.finalLearningRate");
  }
}
