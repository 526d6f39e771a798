package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Combinations without meaning are refused before anything is trained, with the reason. */
class MeaninglessMethodsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {method: sms, nextCycle: {weights: rewind}} | nextCycle.schedule llr retrains the pruned average; with nextCycle.weights rewind
          {method: imp, nextCycle: {epochs: 3}} | nextCycle.epochs and nextCycle.times are of a retraining of the pruned average
          {method: imp, variation: {weightDecays: [0, 0.1]}} | variation is between copies that retrain the pruned average
          {method: imp-lr-rewind, variation: {learningRates: [0.1]}} | variation.learningRates has no meaning with nextCycle.schedule lrw
          {method: imp-lr-rewind, nextCycle: {epochs: 11}} | nextCycle.epochs must be at most training.epochs (10)
          {method: grasp, pruning: {saliency: {batchSize: 1}}} | pruning.saliency.batchSize must be above 1 for grasp
          {method: cyclic, pruning: {initial: grasp, saliency: {batchSize: 1}}} | pruning.saliency.batchSize must be above 1 for grasp
          {method: snip, nextCycle: {weights: averaged}} | nextCycle.weights must be rewind where every cycle trains a mask of its own
          {method: snip, pruning: {cycles: 0}} | pruning.cycles must be at least 1
          {method: rigl, particles: 2} | particles must be 1 where each would change its own mask
          {method: snip, training: {sparsifier: {name: rigl}}} | training.sparsifier.name must be static with pruning.when at-initialisation
          {method: acdc, training: {sparsifier: {shared: true}}} | training.sparsifier.shared must be false unless
          {method: instant-soup, training: {sparsifier: {shared: true}}} | training.sparsifier.shared must be false unless
          {method: instant-soup, particles: 2} | particles must be 1 where each would change its own mask
          {method: instant-soup, training: {sparsifier: {lookAhead: {maxSteps: 9}}}} | training.sparsifier.lookAhead.maxSteps must be from minSteps (10) to 100000, got 9
          {method: instant-soup, training: {sparsifier: {lookAhead: {spread: 0.5}}}} | training.sparsifier.lookAhead.spread must be from 1 to 1000, got 0.5
          {method: instant-soup, training: {optimiser: {weightDecay: 0.5}}} | training.sparsifier.lookAhead.spread must be below 2.0, or a copy's weight decay were too large, got 2.0
          {method: swamp-on-gmp, training: {sparsifier: {segments: 9}}} | training.sparsifier.segments must be few enough for an epoch each
          {method: swamp-on-gmp, training: {sparsifier: {begin: 0.1}}} | training.sparsifier.begin must not be set with training.sparsifier.shared: true
          {method: swamp-on-rigl, training: {sparsifier: {interval: 25}}} | training.sparsifier.interval must not be set with training.sparsifier.shared: true
          {method: imp-lr-rewind, nextCycle: {schedule: full}, variation: {learningRates: [0.1]}} | variation.learningRates has no meaning with nextCycle.schedule full
          {method: cyclic, pruning: {initialDensity: 0.1}} | pruning.initialDensity must be at least the last cycle's density, got 0.1
          {method: imp, pruning: {exclude: [conv-only]}} | pruning.exclude has conv-only, but the network has no convolution
          {method: swamp-on-gmp, merge: greedy} | training.sparsifier.shared needs merge: mean
          {method: cyclic, nextCycle: {weights: rewind}} | pruning.shape cyclic trains one mask on and on
          {method: cyclic, pruning: {cycles: 1}} | pruning.shape cyclic needs at least 2 cycles
          {method: swamp-adaptive, merge: greedy} | adaptive.perRound needs merge: mean
          {method: lottery-pools, pool: {kinds: earlier-ema}, pruning: {cycles: 0}} | pool.kinds has earlier-ema, a mean with earlier tickets, and there are none
          {method: lottery-pools, pool: {kinds: earlier-ema, targets: [0]}} | pool.kinds has earlier-ema, a mean with earlier tickets, and there are none
          {method: lottery-pools, pool: {targets: [11]}} | pool.targets must be cycles from 0 to 10, got 11
          {method: lottery-pools, pruning: {cycles: 0}} | pool.kinds needs at least two solutions to choose from, got 1
          {method: lottery-pools, pool: {joined: true}} | pool.joined needs an input
          {method: swamp, pruning: {voting: union, criterion: random}} | pruning.criterion must be magnitude
          {method: papa-all, merge: greedy} | training.averageEvery needs merge: mean
          {method: papa-all, pruning: {when: after-training}} | pruning.when must be at-initialisation
          {method: papa-all, particles: [1, 2]} | training.averageEvery needs one number of particles
          {method: papa-all, nextCycle: {weights: averaged}} | nextCycle.weights must be rewind
          {method: papa-all, pool: {kinds: lottery}} | where segments make up one training
          {method: lottery-pools, members: 2} | pool.kinds needs a run of its own
          {method: imp-perturbed, merge: greedy} | perturbed.members needs merge: mean, members: 1, all particles at once
          {method: swamp-adaptive, perturbed: {members: 2}} | perturbed.members needs merge: mean, members: 1, all particles at once
          {method: imp-ensemble, perturbed: {members: 2}} | perturbed.members needs merge: mean, members: 1
          {method: imp-perturbed, perturbed: {epochs: 1}} | perturbed.epochs must be 0 or from 2 to 100000, got 1
          {method: imp-perturbed, perturbed: {learningRate: 0.0001}} | perturbed.finalLearningRate must be at most the rate before it (1.0E-4), got 0.001
          {method: snip, perturbed: {members: 2}, pruning: {cycles: 0}} | pruning.cycles must be at least 1
          {method: imp, as: control, tickets: {from: nothing}} | tickets.from must be the label of another method of the experiment, got nothing
          {method: swamp, training: {swa: {learningRate: 0.2}}} | training.swa.learningRate must be at most the rate before the averaging, but in cycle 0 it is 0.2 after 0.1: lower it
          {method: swamp, training: {swa: {anneal: none}, schedule: {name: multi-step, milestones: [3, 6]}}} | in cycle 0 it is 0.05 after 0.001
          {method: imp-sam, training: {optimiser: {samRadius: -1}}} | training.optimiser.samRadius must be from 0 to 100
          """)
  void areRefused(String method, String reason) throws IOException {
    assertRefused("methods: [" + method + "]", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          methods: [sms-greedy]; data: {validation: 0}; training: {validateEvery: 0} | merge: greedy chooses by validation
          methods: [sms-learned]; data: {validation: 0}; training: {validateEvery: 0} | merge: learned chooses by validation
          methods: [sms-ties]; merging: {keep: 0} | merging.keep must be above 0 and at most 1
          methods: [imp]; data: {validation: 0}; training: {validateEvery: 0}; measure: {take: hull, split: validation} | measure.split is validation
          methods: [imp]; data: {validation: 0}; training: {validateEvery: 0}; measure: {take: calibration} | fits a temperature to validation
          methods: [imp]; measure: {take: corruptions, corruptions: rain} | there is no corruption rain
          methods: [imp]; measure: {take: corruptions, corrupted: no/such} | there is no folder no/such
          methods: [swamp-adaptive]; data: {validation: 0}; training: {validateEvery: 0} | adaptive.perRound decides by validation
          methods: [lottery-pools]; data: {validation: 0}; training: {validateEvery: 0} | pool.kinds chooses by validation
          methods: [rigl, {method: imp, as: c, tickets: {from: rigl}}] | changes its masks while it trains
          methods: [imp-perturbed, {method: imp, as: c, tickets: {from: imp-perturbed}}] | trains members once it has pruned
          methods: [imp, {method: imp-perturbed, as: c, tickets: {from: imp}}] | and tickets of its own
          methods: [sms, {method: imp, as: c, tickets: {from: sms, mask: shuffled}}] | a shuffled mask would keep zeros
          methods: [imp, {method: imp, as: c, tickets: {from: imp}}, {method: imp, as: d, tickets: {from: c}}] | is a control itself
          methods: [imp]; model: {name: vgg-11}; data: {name: folder, dir: images, channels: 3, size: 16}; training: {batchSize: 1} | training.batchSize must be at least 2 for vgg-11 on images of 16×16
          methods: [imp]; model: {name: vgg-11}; data: {name: folder, dir: images, channels: 3, size: 16}; evaluation: {recalibrationBatchSize: 1} | evaluation.recalibrationBatchSize must be at least 2 for vgg-11
          methods: [snip]; model: {name: vgg-11}; data: {name: folder, dir: images, channels: 3, size: 16}; pruning: {saliency: {batchSize: 1}} | pruning.saliency.batchSize must be at least 2 for vgg-11
          methods: [imp]; budget: some | budget must be own, matched or a number of epochs above 0
          methods: [imp]; budget: 10 | budget must be an epoch at least for each of the run's 11 trainings
          methods: [imp]; input: 3 | input must be the output folder of an earlier run
          methods: [lottery-pools]; input: nowhere | input: There is no output of Ticketflow in nowhere
          """)
  void experimentsAreRefused(String lines, String reason) throws IOException {
    assertRefused(String.join("\n", List.of(lines.split("; "))), reason);
  }

  @Test
  void aPoolOverRunsOfDifferentModelsIsRefused() throws IOException {
    Path earlier = Files.createDirectory(folder.resolve("earlier"));
    Experiment two =
        Experiments.load(folder, "methods: [imp]\naxes: {model.name: [lenet-300-100, lenet-5]}");
    Files.writeString(earlier.resolve("experiment.yaml"), two.toYaml());
    String method = "{method: lottery-pools, pool: {joined: true}}";
    assertRefused(
        "methods: [" + method + "]\ninput: " + earlier,
        "a pool over runs of different models has no meaning:"
            + " imp-model.name=lenet-300-100-seed1 and imp-model.name=lenet-5-seed1");
  }

  @Test
  void whatTrainsHasNoMeaningWithAnInput() throws IOException {
    Path earlier = Files.createDirectory(folder.resolve("earlier"));
    Experiment one = Experiments.load(folder, "methods: [imp]");
    Files.writeString(earlier.resolve("experiment.yaml"), one.toYaml());
    String input = "\ninput: " + earlier;
    assertRefused("methods: [swamp]" + input, "only methods that pool solutions have work");
    assertRefused(
        "methods: [lottery-pools]\ntraining: {epochs: 3}" + input,
        "training.epochs has no meaning with an input");
    assertRefused(
        "methods: [lottery-pools]\ninput: {output: " + earlier + ", runs: [nix]}",
        "has no run nix (there are imp-seed1)");
  }

  private void assertRefused(String yaml, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), yaml + "\n");
    assertThatThrownBy(() -> Experiment.load(file, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bad.yaml")
        .hasMessageContaining(reason);
  }
}
