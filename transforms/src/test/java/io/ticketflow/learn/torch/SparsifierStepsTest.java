package io.ticketflow.learn.torch;

import static io.ticketflow.learn.torch.PlainSparsifier.DATA;
import static io.ticketflow.learn.torch.PlainSparsifier.DECAY;
import static io.ticketflow.learn.torch.PlainSparsifier.MOMENTUM;
import static io.ticketflow.learn.torch.PlainSparsifier.NAMES;
import static io.ticketflow.learn.torch.PlainSparsifier.NET;
import static io.ticketflow.learn.torch.PlainSparsifier.RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SparsifierSpec.Decay;
import io.ticketflow.spec.SparsifierSpec.Grown;
import io.ticketflow.spec.SparsifierSpec.Name;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainings of one step an epoch, on all images, against the same steps in doubles, written out
 * with sorted lists.
 */
class SparsifierStepsTest {
  private static final OptimiserSpec SGD = Fixtures.sgd(MOMENTUM, false, DECAY);

  @Test
  void gradualPruningForgetsWhatItPrunes() {
    PlainSparsifier plain = new PlainSparsifier();
    // Four steps, from 0 to 3: 12 + 33 · (2/3)³ = 21.8 and 12 + 33 · (1/3)³ = 13.2.
    long[] kept = {45, 22, 13, 12};
    for (int t = 0; t < 4; t++) {
      plain.keepLargest(kept[t]);
      plain.forget(plain.kept);
      plain.descend(plain.gradients(), true);
    }
    TrainedNetwork trained = train(4, SGD, rule(Name.GMP, 0.75, 0.75, 1), full(), 12);
    compare(trained, plain);
    assertThat(trained.latent()).isEmpty();
  }

  @Test
  void riglReplacesAnUpdateByAChangeThatGrowsFromZero() {
    Masks start = Fixtures.masks(NET);
    PlainSparsifier plain = afterTwoSteps(start);
    // Step 2 of 5: 0.5 / 2 · (1 + cos(2π/5)) = 0.3273 of 20 and of 10 entries.
    plain.dropAndGrow(new int[] {7, 3}, plain.gradients());
    plain.descend(plain.gradients(), true);
    // Step 4: 0.5 / 2 · (1 + cos(4π/5)) = 0.0477, 0.95 of 20 and 0.48 of 10.
    plain.dropAndGrow(new int[] {1, 0}, plain.gradients());
    TrainedNetwork trained = train(5, SGD, rule(Name.RIGL, 1, 1, 2), start, 30);
    compare(trained, plain);
    // What the last change grew has the weight 0.
    assertThat(zerosWithin(trained)).isEqualTo(1);
  }

  @Test
  void setChangesBeforeAStepAndKeepsItsUpdate() {
    Masks start = Fixtures.masks(NET);
    TrainedNetwork trained = train(4, SGD, rule(Name.SET, 1, 1, 2), start, 30);
    PlainSparsifier plain = afterTwoSteps(start);
    // Half of the cosine's way: 0.25 of 20 and of 10, halves up.
    List<double[]> chosen = chosen(trained);
    plain.dropAndGrow(new int[] {5, 3}, chosen);
    plain.descend(plain.gradients(), true);
    plain.descend(plain.gradients(), true);
    compare(trained, plain);
  }

  /** The change comes before step 2 of 3, which moves what has grown from where it was drawn. */
  @Test
  void whatGrowsMayBeginAtDrawsAndMovesOnFromThere() {
    Masks start = Fixtures.masks(NET);
    SparsifierSpec drawn =
        new SparsifierSpec(Name.SET, false, 1, 0, 1, 1, 2, 0.5, Decay.CONSTANT, Grown.GLOROT, 1);
    TrainedNetwork trained = train(3, SGD, drawn, start, 30);
    PlainSparsifier plain = afterTwoSteps(start);
    List<double[]> chosen = chosen(trained);
    plain.dropAndGrow(new int[] {10, 5}, chosen);
    for (int layer = 0; layer < 2; layer++) {
      ParameterSpec weight = NET.parameters().get(2 * layer);
      List<Long> shape = weight.shape();
      double deviation = Math.sqrt(2.0 / (shape.get(0) + shape.get(1)));
      KeyedRandom draws = KeyedRandom.of(5, "cycle", 0, "particle", 0, "grown", 2L, weight.name());
      double[] values = plain.net.weights.get(2 * layer);
      for (int i = 0; i < values.length; i++) {
        double begins = deviation * draws.nextGaussian();
        // what survives is far from 0, what has grown is at 0
        values[i] = plain.kept[layer][i] && values[i] == 0 ? begins : values[i];
      }
    }
    plain.descend(plain.gradients(), true);
    compare(trained, plain);
  }

  @Test
  void gradientsAtTheMaskedPointReachPrunedWeights() {
    PlainSparsifier plain = new PlainSparsifier();
    long[] kept = {45, 22, 13, 12, 12};
    for (int t = 0; t < 5; t++) {
      if (t < 4) {
        plain.keepLargestOfAll(kept[t]);
      }
      plain.descend(plain.gradientsOfThePruned(), false);
    }
    TrainedNetwork trained = train(5, SGD, rule(Name.DPF, 0.6, 0.6, 1), full(), 12);
    compareFeedback(trained, plain);
    assertThat(plain.keptCount()).isEqualTo(12);
  }

  @Test
  void theMaskOfDpfFollowsItsWeightsToTheLastStep() {
    PlainSparsifier plain = new PlainSparsifier();
    // The ramp ends before step 3; the mask is made anew before step 4 too.
    long[] kept = {45, 22, 13, 12, 12};
    for (int t = 0; t < 5; t++) {
      plain.keepLargestOfAll(kept[t]);
      plain.descend(plain.gradientsOfThePruned(), false);
    }
    TrainedNetwork trained = train(5, SGD, rule(Name.DPF, 0.6, 1, 1), full(), 12);
    compareFeedback(trained, plain);
  }

  @Test
  void aSharedMaskStaysWhileDenseWeightsTrainThroughIt() {
    Masks masks = Fixtures.masks(NET);
    PlainSparsifier plain = new PlainSparsifier();
    plain.take(masks);
    for (int t = 0; t < 3; t++) {
      plain.descend(plain.gradientsOfThePruned(), false);
    }
    TrainedNetwork trained =
        train(
            3,
            SGD,
            new SparsifierSpec(
                Name.DPF, true, 4, 0, 0.75, 0.75, 1, 0.5, Decay.COSINE, Grown.ZERO, 1),
            masks,
            12);
    assertThat(trained.masks()).isEqualTo(masks);
    compareFeedback(trained, plain);
  }

  @Test
  void compressedAndDecompressedPhasesAlternate() {
    PlainSparsifier plain = new PlainSparsifier();
    // Six steps: a dense start of ⌊0.2 · 6⌋ = 1, then sparse and dense in turn, sparse at the end.
    for (int t = 0; t < 6; t++) {
      if (t % 2 == 1) {
        plain.keepLargestOfAll(12);
        plain.forget(plain.kept);
      } else {
        plain.keepLargestOfAll(45);
        plain.velocity.forEach(tensor -> Arrays.fill(tensor, 0)); // biases' too
      }
      plain.descend(plain.gradients(), true);
    }
    TrainedNetwork trained =
        train(
            6,
            SGD,
            new SparsifierSpec(Name.ACDC, false, 1, 0.2, 1, 1, 9, 0.5, Decay.COSINE, Grown.ZERO, 1),
            full(),
            12);
    compare(trained, plain);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void samFollowsTheGradientAtTheWeightsItClimbsTo(boolean pruned) {
    OptimiserSpec sam =
        Fixtures.optimiser("momentum: %s, weightDecay: %s, samRadius: 0.5", MOMENTUM, DECAY);
    Masks masks = pruned ? Fixtures.masks(NET) : Masks.NONE;
    PlainSparsifier plain = new PlainSparsifier();
    plain.take(masks);
    plain.forget(plain.kept);
    for (int t = 0; t < 3; t++) {
      List<double[]> first = plain.gradients();
      plain.maskOut(first);
      double squares = 0;
      for (double[] tensor : first) {
        for (double g : tensor) {
          squares += g * g;
        }
      }
      List<double[]> here = PlainSparsifier.copy(plain.net.weights);
      for (int tensor = 0; tensor < 4; tensor++) {
        for (int i = 0; i < first.get(tensor).length; i++) {
          plain.net.weights.get(tensor)[i] += 0.5 / Math.sqrt(squares) * first.get(tensor)[i];
        }
      }
      List<double[]> second = plain.gradients();
      plain.restore(here);
      plain.descend(second, true);
    }
    TrainedNetwork trained = train(3, sam, SparsifierSpec.NONE, masks, 0);
    compareWeights(trained.weights(), plain.net.weights);
    assertThat(trained.images()).isEqualTo(2 * 3 * 11);
  }

  private static PlainSparsifier afterTwoSteps(Masks start) {
    PlainSparsifier plain = new PlainSparsifier();
    plain.take(start);
    plain.forget(plain.kept);
    plain.descend(plain.gradients(), true);
    plain.descend(plain.gradients(), true);
    return plain;
  }

  /** 1 for what the training kept in the end: what it drew to grow is among that. */
  private static List<double[]> chosen(TrainedNetwork trained) {
    List<double[]> chosen = PlainSparsifier.zerosLike(new PlainSparsifier().net.weights);
    for (int tensor = 0; tensor <= 2; tensor += 2) {
      for (int i = 0; i < chosen.get(tensor).length; i++) {
        chosen.get(tensor)[i] = keeps(trained, tensor, i) ? 1 : 0;
      }
    }
    return chosen;
  }

  private static SparsifierSpec rule(Name name, double end, double lastChange, int interval) {
    return new SparsifierSpec(
        name, false, 1, 0, end, lastChange, interval, 0.5, Decay.COSINE, Grown.ZERO, 1);
  }

  private static TrainedNetwork train(
      int epochs, OptimiserSpec optimiser, SparsifierSpec sparsifier, Masks masks, long kept) {
    TrainingSpec spec = Fixtures.training(epochs, 11, optimiser, Fixtures.constant(RATE));
    return new TorchTrainer(Device.cpu())
        .train(
            Fixtures.job(NET, spec, sparsifier, masks, kept, Scope.GLOBAL, Fixtures.plain()),
            DATA,
            EpochListener.NONE);
  }

  private static Masks full() {
    return Fixtures.fullMasks(NET);
  }

  private static void compare(TrainedNetwork trained, PlainSparsifier plain) {
    for (int layer = 0; layer < 2; layer++) {
      Mask mask = Objects.requireNonNull(trained.masks().get(NAMES.get(2 * layer)));
      for (int i = 0; i < mask.size(); i++) {
        assertThat(mask.keeps(i)).as("layer %d, %d", layer, i).isEqualTo(plain.kept[layer][i]);
      }
    }
    compareWeights(trained.weights(), plain.net.weights);
  }

  private static void compareFeedback(TrainedNetwork trained, PlainSparsifier plain) {
    compareWeights(trained.latent().orElseThrow(), plain.net.weights);
    plain.zeroOutside(plain.net.weights, plain.kept);
    compare(trained, plain);
  }

  private static void compareWeights(TensorSet actual, List<double[]> expected) {
    for (int tensor = 0; tensor < 4; tensor++) {
      float[] values = actual.get(NAMES.get(tensor)).values();
      for (int i = 0; i < values.length; i++) {
        assertThat((double) values[i])
            .as("%s[%d]", NAMES.get(tensor), i)
            .isCloseTo(expected.get(tensor)[i], within(1e-5));
      }
    }
  }

  private static boolean keeps(TrainedNetwork trained, int tensor, int entry) {
    return Objects.requireNonNull(trained.masks().get(NAMES.get(tensor))).keeps(entry);
  }

  private static int zerosWithin(TrainedNetwork trained) {
    int zeros = 0;
    for (Map.Entry<String, Mask> layer : trained.masks().byName().entrySet()) {
      float[] values = trained.weights().get(layer.getKey()).values();
      for (int i = 0; i < values.length; i++) {
        zeros += layer.getValue().keeps(i) && values[i] == 0 ? 1 : 0;
      }
    }
    return zeros;
  }
}
