package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.settings.KnownKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that do nothing are said before anything is trained, and no others. */
class NoticesTest {
  /** 450 train images, 8 steps of 64 an epoch. */
  private static final String BASE =
      "data: {train: 500, test: 200}\ntraining: {epochs: 1, batchSize: 64}\npruning: {cycles: 2}\n";

  /** Always of effect where they differ from the default and are not refused. */
  private static final Set<String> ALWAYS =
      Set.of(
          "data.name",
          "data.train",
          "data.test",
          "data.validation",
          "data.crop",
          "data.flip",
          "model.name",
          "model.dropout", // other networks refuse it
          "model.initialisation",
          "model.masks", // refused without model.weights
          "model.torchscript",
          "model.weights",
          "model.width", // other networks refuse it
          "training.decoupled.examples", // refused where it would not be of effect
          "training.engine",
          "training.epochs",
          "training.rewindEpochs",
          "training.labelSmoothing",
          "training.optimiser.name",
          "training.optimiser.weightDecay", // the dense cycle has it whatever copies have
          "training.optimiser.samRadius",
          "training.sparsifier.shared", // refused where there is nothing to share
          "pruning.when",
          "pruning.shape",
          "tickets.from",
          "pool.kinds",
          "perturbed.members",
          "pool.joined", // refused without an input
          "members",
          "evaluation.batchSize", // memory and speed
          "evaluation.bins",
          "evaluation.mirror");

  private static final String CASES =
      """
      imp | data.dir=x | has no effect, as glyphs are drawn
      imp | data.validation=0,training.validateEvery=0,data.splitSeed=3 | data.splitSeed=3 has no effect
      imp | data.size=40 | has no effect
      imp | data.name=mnist,data.dir=D,data.channels=3 | data.channels=3 has no effect
      imp | data.name=mnist,data.dir=D,data.seed=3 | data.seed=3 has no effect
      imp | data.border=reflect | has no effect, as data.crop is 0
      imp | data.alternating=true | has no effect, as data.flip is false
      imp | model.stem=imagenet | has no effect
      imp | model.trusted=true | has no effect, as no model.torchscript is named
      imp | training.batchSize=451 | is more than the 450 images
      imp | training.rewindLearningRate=0.5 | has no effect, as the ticket is the initialisation
      imp | training.validateEvery=2 | has no effect
      imp | training.optimiser.name=adam,training.optimiser.momentum=0.5 | momentum=0.5 has no effect
      imp | training.optimiser.name=adam,training.optimiser.nesterov=true | nesterov=true has no effect
      imp | training.optimiser.weightDecay=0,training.optimiser.decayBiasAndNorm=false | decayBiasAndNorm=false has no effect
      imp | training.optimiser.beta1=0.5 | has no effect
      imp | training.optimiser.beta2=0.5 | has no effect
      imp | training.optimiser.epsilon=0.5 | has no effect
      imp | training.decoupled.normBiases=2 | has no effect, as the network has no BatchNorm
      aws | | training.normalisation=interpolated has no effect, as the network has no BatchNorm
      swamp | training.swa.learningRate=0.01,training.schedule.learningRate=0.02 | training.schedule.learningRate=0.02 has no effect
      swamp | training.schedule.name=cosine | has no effect
      imp | training.schedule.name=multi-step,training.schedule.milestones=[1] | milestones=[1] has no effect
      imp | training.epochs=3,training.schedule.name=multi-step,training.schedule.milestones=[1;3] | has epochs that no training's rate depends on: [3]
      imp | training.schedule.gamma=0.5 | has no effect
      imp | training.schedule.gamma=0 | has no effect
      swamp | training.schedule.warmupEpochs=1 | has no effect
      imp | training.schedule.warmupEpochs=1 | is as long as the training
      imp | training.schedule.finalLearningRate=0.01 | has no effect
      imp | training.epochs=3,training.rewindEpochs=1,training.rewindLearningRate=0.01,training.schedule.gamma=0.5 | gamma=0.5 has no effect
      swamp | training.swa.fraction=0.1 | comes to one epoch
      imp | training.swa.learningRate=0.01 | has no effect
      imp | training.swa.anneal=linear | has no effect
      imp | training.swa.mayRise=true | has no effect
      rigl | | training.sparsifier.name=rigl has no effect, as masks change every 100 steps up to 0.75 of the training, which has 8 steps
      set | | training.sparsifier.name=set has no effect
      rigl-erk | | training.sparsifier.name=rigl has no effect
      rigl | training.sparsifier.fraction=0.2 | fraction=0.2 has no effect
      rigl | training.sparsifier.decay=constant | decay=constant has no effect
      rigl | training.sparsifier.grown=he | grown=he has no effect
      rigl | training.sparsifier.end=0.9 | end=0.9 has no effect
      rigl | training.sparsifier.interval=7 | interval=7 has no effect
      gmp | training.sparsifier.interval=200 | has no effect, as masks change once
      gmp | training.sparsifier.begin=0.1 | begin=0.1 has no effect, as it comes to 0
      gmp | training.sparsifier.lastChange=0.9 | lastChange=0.9 has no effect
      acdc | training.sparsifier.phaseEpochs=2 | too short for a second phase
      gmp | training.sparsifier.lookAhead.copies=3 | copies=3 has no effect, as only isp looks ahead
      gmp | training.sparsifier.lookAhead.spread=3 | spread=3.0 has no effect, as only isp looks ahead
      instant-soup | methods.instant-soup.training.sparsifier.lookAhead.copies=0,training.sparsifier.lookAhead.minSteps=3 | minSteps=3 has no effect, as training.sparsifier.lookAhead.copies is 0
      instant-soup | methods.instant-soup.training.sparsifier.lookAhead.copies=0,training.sparsifier.lookAhead.maxSteps=30 | maxSteps=30 has no effect, as training.sparsifier.lookAhead.copies is 0
      instant-soup | training.sparsifier.phaseEpochs=2 | phaseEpochs=2 has no effect, as only acdc
      imp | training.sparsifier.segments=3 | has no effect
      rigl | pruning.criterion=random | has no effect, as the sparsifier
      imp | pruning.cycles=0,pruning.scope=uniform | pruning.scope=uniform has no effect, as no cycle prunes
      imp | pruning.initial=magnitude | has no effect
      imp | pruning.initialDensity=0.7 | has no effect
      imp | pruning.cycles=0,pruning.rate=0.5 | pruning.rate=0.5 has no effect
      imp | pruning.densities=[0.5;0.2] | pruning.cycles=2 has no effect
      one-shot | pruning.cycles=1 | pruning.oneShot=true has no effect
      imp | pruning.cycles=0,pruning.exclude=fc1.weight | has no effect
      snip | pruning.saliency.batchSize=451 | asks for more than the 450 images
      snip | pruning.saliency.batches=5 | asks for more than the 450 images
      snip | pruning.saliency.rounds=5 | has no effect
      snip | pruning.saliency.temperature=5 | has no effect
      synflow | pruning.exclude=fc[12].weight,pruning.saliency.rounds=1000 | rounds take weights
      swamp | particles=[1;2;3;4] | has more numbers than there are cycles (3)
      sms-greedy | pruning.cycles=0 | merge=greedy has no effect
      sms | merging.keep=0.5 | merging.keep=0.5 has no effect, as merge is not ties
      sms-fisher | merging.scale=2 | merging.scale=2.0 has no effect, as merge is not ties
      sms-ties | merging.images=9 | merging.images=9 has no effect, as merge is not fisher
      sms-ties | merging.floor=0.1 | merging.floor=0.1 has no effect, as merge is not fisher
      sms-fisher | merging.images=451 | merging.images=451 asks for more than the 450 images
      sms-ties | merging.epochs=2 | merging.epochs=2 has no effect, as merge is not learned
      sms-learned | merging.epochs=0,merging.learningRate=1 | merging.learningRate=1.0 has no effect, as merging.epochs is 0
      sms-ties | pruning.cycles=0,merging.keep=0.5 | merging.keep=0.5 has no effect, as no cycle has more
      imp-lr-rewind | pruning.cycles=0 | nextCycle.weights=averaged has no effect
      sms | pruning.cycles=0 | nextCycle.schedule=llr has no effect
      sms | pruning.cycles=0,nextCycle.epochs=3 | nextCycle.epochs=3 has no effect
      imp-m-times | pruning.cycles=0 | nextCycle.times=3 has no effect
      imp | methods.imp.nextCycle.schedule=full | nextCycle.schedule=full has no effect, as training.rewindEpochs is 0
      imp | nextCycle.warmup=0.5 | has no effect
      sms | nextCycle.norm=prunable | nextCycle.norm=prunable has no effect, as only allr
      sms | pruning.cycles=0,variation.weightDecays=0 | variation.weightDecays=[0.0] has no effect
      sms | variation.weightDecays=[0;0.1;0.2;0.3] | has more values than there are copies (3)
      sms | variation.lengths=[1;2;3;4] | has more values than there are copies (3)
      sms | variation.learningRates=[1;2;3;4] | has more values than there are copies (3)
      swamp-adaptive | methods.swamp-adaptive.adaptive.perRound=4 | perRound=4 has no effect, as one round has all particles (4)
      swamp | adaptive.minGain=0.1 | has no effect
      imp | tickets.weights=reinitialised | has no effect
      imp | tickets.mask=shuffled | has no effect
      imp | tickets.signs=kept | has no effect
      imp | pruning.voting=union | has no effect, as no cycle has more than one particle
      papa-all | particles=1 | training.averageEvery=5 has no effect, as no cycle has more than one
      papa-all | particles=2 | training.averageEvery=5 has no effect, as no training is longer
      imp | perturbed.factor=1 | has no effect, as perturbed.members is 0
      imp | perturbed.epochs=3 | has no effect, as perturbed.members is 0
      imp | perturbed.learningRate=0.1 | has no effect, as perturbed.members is 0
      imp | perturbed.finalLearningRate=0.01 | has no effect, as perturbed.members is 0
      imp-perturbed | perturbed.factor=1,methods.imp-perturbed.perturbed.members=1 | factor=1.0 has no effect, as the first member
      imp-perturbed | perturbed.factor=1,perturbed.epochs=3 | factor=1.0 has no effect, as the weights of one epoch have no spread
      imp | together=reprune | has no effect, as members is 1
      imp | pool.coefficients=0.5 | has no effect
      imp | pool.decay=0.1 | has no effect
      imp | pool.targets=1 | has no effect
      imp | evaluation.recalibrationBatches=1 | the network has no BatchNorm
      imp | evaluation.recalibrationBatchSize=10 | the network has no BatchNorm
      imp | model.name=resnet-20,evaluation.recalibrationBatchSize=451 | is more than the 450 images
      imp | model.name=resnet-20,evaluation.recalibrationBatches=3 | asks for more than the 450 images
      imp | evaluation.ensemble=false | has no effect
      imp | measure.take=hull | has no effect, as no cycle has more than one particle
      imp | measure.split=train | measure.split=train has no effect, as measure.take is empty
      swamp | measure.take=hull,measure.points=5 | measure.points=5 has no effect
      swamp | measure.take=hull,measure.beyond=1 | has no effect, as measure.take has no barriers
      swamp | measure.take=hull,measure.grid=5 | has no effect, as measure.take has no planes
      swamp | measure.take=diversity,measure.hullPoints=1 | measure.hullPoints=1 has no effect
      imp | measure.hessianImages=9 | measure.hessianImages=9 has no effect, as measure.take does not
      imp | measure.probes=9 | measure.probes=9 has no effect, as measure.take does not have hessian
      imp | measure.iterations=9 | measure.iterations=9 has no effect, as measure.take does not have
      imp | measure.corruptions=fog | has no effect, as measure.take does not have corruptions
      imp | measure.severities=1 | has no effect, as measure.take does not have corruptions
      imp | measure.corrupted=x | measure.corrupted=x has no effect, as measure.take does not have
      imp | budget=matched | budget has no effect
      """;

  @TempDir Path folder;

  static List<String> cases() {
    return CASES.lines().filter(line -> !line.contains("mnist")).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areSaidOnce(String line) throws IOException {
    List<String> parts = List.of(line.split("\\|", 3));
    List<String> overrides = overrides(parts.get(1));
    List<String> notices = notices(parts.get(0).strip(), BASE, overrides);
    assertThat(notices)
        .allMatch(notice -> notice.startsWith("Notice: ") && notice.endsWith("."))
        .filteredOn(notice -> notice.contains(parts.get(2).strip()))
        .hasSize(1);
  }

  @Test
  void eachKeyHasItsCaseOrAlwaysActs() {
    Set<String> undecided = new LinkedHashSet<>(KnownKeys.names());
    undecided.removeAll(ALWAYS);
    CASES.lines().forEach(line -> undecided.removeIf(key -> line.contains(key)));
    assertThat(undecided).isEmpty();
  }

  @Test
  void saysWhatEveryMethodHides() throws IOException {
    assertThat(notices("imp", BASE + "particles: 3\n", List.of()))
        .containsExactly(
            "Notice: the experiment's particles has no effect, as every method has a value of its"
                + " own.");
  }

  @Test
  void ofTwoSeedsAndTwoMethodsItSaysASettingOnce() throws IOException {
    String body = BASE + "seeds: [1, 2]\n";
    assertThat(notices("rigl, set", body, List.of("training.sparsifier.fraction=0.2")))
        .filteredOn(notice -> notice.contains("sparsifier.fraction"))
        .singleElement()
        .asString()
        .startsWith("Notice: methods rigl, set: training.sparsifier.fraction=0.2 has no effect");
  }

  @Test
  void whatOneMethodMakesUseOfIsNoNotice() throws IOException {
    assertThat(
            notices(
                "imp, rigl", BASE, List.of("training.epochs=4", "training.sparsifier.interval=10")))
        .isEmpty();
  }

  @Test
  void epochsAtTheRateZeroAreAnEffect() throws IOException {
    List<String> schedule =
        List.of(
            "training.epochs=3",
            "training.schedule.name=multi-step",
            "training.schedule.milestones=[2]",
            "training.schedule.gamma=0");
    assertThat(notices("imp", BASE, schedule)).isEmpty();
  }

  /** But for what the file of every method says itself: its network has no BatchNorm. */
  @ParameterizedTest
  @CsvSource({"quickstart.yaml,0", "experiments/all-methods-glyphs.yaml,1"})
  void ourOwnExperimentsHaveNone(String file, int known) {
    assertThat(Experiment.load(Path.of("../conf").resolve(file), List.of()).notices())
        .hasSize(known)
        .allSatisfy(
            notice -> assertThat(notice).startsWith("Notice: method aws: training.normalisation="));
  }

  private List<String> notices(String methods, String body, List<String> overrides)
      throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, "methods: [" + methods + "]\n" + body);
    return Experiment.load(file, overrides).notices();
  }

  private static List<String> overrides(String text) {
    return text.isBlank()
        ? List.of()
        : List.of(text.strip().split(",")).stream().map(one -> one.replace(';', ',')).toList();
  }
}
