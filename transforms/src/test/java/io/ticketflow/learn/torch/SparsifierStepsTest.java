package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SparsifierSpec.Name;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final ModelGraph NET = Fixtures.mlp();
  private static final DataSplits DATA = Fixtures.data(NET, 11, 0);
  private static final List<String> NAMES =
      List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
  private static final double RATE = 0.3;
  private static final double DECAY = 0.01;
  private static final double MOMENTUM = 0.9;
  private static final OptimiserSpec SGD = Fixtures.sgd(MOMENTUM, false, DECAY);

  @Test
  void gradualPruningForgetsWhatItPrunes() {
    Plain plain = new Plain();
    // Four steps, from 0 to 3: 12 + 33 · (2/3)³ = 21.8 and 12 + 33 · (1/3)³ = 13.2.
    long[] kept = {45, 22, 13, 12};
    for (int t = 0; t < 4; t++) {
      plain.keepLargest(kept[t]);
      plain.forget(plain.kept);
      plain.descend(plain.gradients(), true);
    }
    TrainedNetwork trained =
        train(4, SGD, new SparsifierSpec(Name.GMP, false, 1, 0, 0.75, 1, 0.5, 1), full(), 12);
    compare(trained, plain);
    assertThat(trained.latent()).isEmpty();
  }

  @Test
  void riglReplacesAnUpdateByAChangeThatGrowsFromZero() {
    Masks start = Fixtures.masks(NET);
    Plain plain = new Plain();
    plain.take(start);
    plain.forget(plain.kept);
    plain.descend(plain.gradients(), true);
    plain.descend(plain.gradients(), true);
    // Step 2 of 5: 0.5 / 2 · (1 + cos(2π/5)) = 0.3273 of 20 and of 10 entries.
    plain.dropAndGrow(new int[] {7, 3}, plain.gradients());
    plain.descend(plain.gradients(), true);
    // Step 4: 0.5 / 2 · (1 + cos(4π/5)) = 0.0477, 0.95 of 20 and 0.48 of 10.
    plain.dropAndGrow(new int[] {1, 0}, plain.gradients());
    TrainedNetwork trained =
        train(5, SGD, new SparsifierSpec(Name.RIGL, false, 1, 0, 1, 2, 0.5, 1), start, 30);
    compare(trained, plain);
    // What the last change grew has the weight 0.
    assertThat(zerosWithin(trained)).isEqualTo(1);
  }

  @Test
  void setChangesBeforeAStepAndKeepsItsUpdate() {
    Masks start = Fixtures.masks(NET);
    TrainedNetwork trained =
        train(4, SGD, new SparsifierSpec(Name.SET, false, 1, 0, 1, 2, 0.5, 1), start, 30);
    Plain plain = new Plain();
    plain.take(start);
    plain.forget(plain.kept);
    plain.descend(plain.gradients(), true);
    plain.descend(plain.gradients(), true);
    // Half of the cosine's way: 0.25 of 20 and of 10, halves up.
    List<double[]> chosen = zerosLike(plain.net.weights);
    for (int layer = 0; layer < 2; layer++) {
      for (int i = 0; i < plain.kept[layer].length; i++) {
        chosen.get(2 * layer)[i] = keeps(trained, 2 * layer, i) ? 1 : 0;
      }
    }
    plain.dropAndGrow(new int[] {5, 3}, chosen);
    plain.descend(plain.gradients(), true);
    plain.descend(plain.gradients(), true);
    compare(trained, plain);
  }

  @Test
  void gradientsAtTheMaskedPointReachPrunedWeights() {
    Plain plain = new Plain();
    long[] kept = {45, 22, 13, 12, 12};
    for (int t = 0; t < 5; t++) {
      if (t < 4) {
        plain.keepLargestOfAll(kept[t]);
      }
      plain.descend(plain.gradientsOfThePruned(), false);
    }
    TrainedNetwork trained =
        train(5, SGD, new SparsifierSpec(Name.DPF, false, 1, 0, 0.6, 1, 0.5, 1), full(), 12);
    compareFeedback(trained, plain);
    assertThat(plain.keptCount()).isEqualTo(12);
  }

  @Test
  void aSharedMaskStaysWhileDenseWeightsTrainThroughIt() {
    Masks masks = Fixtures.masks(NET);
    Plain plain = new Plain();
    plain.take(masks);
    for (int t = 0; t < 3; t++) {
      plain.descend(plain.gradientsOfThePruned(), false);
    }
    TrainedNetwork trained =
        train(3, SGD, new SparsifierSpec(Name.DPF, true, 4, 0, 0.75, 1, 0.5, 1), masks, 12);
    assertThat(trained.masks()).isEqualTo(masks);
    compareFeedback(trained, plain);
  }

  @Test
  void compressedAndDecompressedPhasesAlternate() {
    Plain plain = new Plain();
    // Six steps: a dense start of ⌊0.2 · 6⌋ = 1, then sparse and dense in turn, sparse at the end.
    for (int t = 0; t < 6; t++) {
      if (t % 2 == 1) {
        plain.keepLargestOfAll(12);
        plain.forget(plain.kept);
      } else {
        plain.keepLargestOfAll(45);
      }
      plain.descend(plain.gradients(), true);
    }
    TrainedNetwork trained =
        train(6, SGD, new SparsifierSpec(Name.ACDC, false, 1, 0.2, 1, 9, 0.5, 1), full(), 12);
    compare(trained, plain);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void samFollowsTheGradientAtTheWeightsItClimbsTo(boolean pruned) {
    OptimiserSpec sam =
        Fixtures.optimiser("momentum: %s, weightDecay: %s, samRadius: 0.5", MOMENTUM, DECAY);
    Masks masks = pruned ? Fixtures.masks(NET) : Masks.NONE;
    Plain plain = new Plain();
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
      List<double[]> here = copy(plain.net.weights);
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

  private static void compare(TrainedNetwork trained, Plain plain) {
    for (int layer = 0; layer < 2; layer++) {
      Mask mask = Objects.requireNonNull(trained.masks().get(NAMES.get(2 * layer)));
      for (int i = 0; i < mask.size(); i++) {
        assertThat(mask.keeps(i)).as("layer %d, %d", layer, i).isEqualTo(plain.kept[layer][i]);
      }
    }
    compareWeights(trained.weights(), plain.net.weights);
  }

  private static void compareFeedback(TrainedNetwork trained, Plain plain) {
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

  private static List<double[]> copy(List<double[]> arrays) {
    return arrays.stream().map(double[]::clone).toList();
  }

  private static List<double[]> zerosLike(List<double[]> arrays) {
    return arrays.stream().map(array -> new double[array.length]).toList();
  }

  /** Weights, velocity and mask in doubles; tensors 0 and 2 are prunable. */
  private static final class Plain {
    final DoubleMlp net = new DoubleMlp(6, 5, Fixtures.CLASSES, Fixtures.weights(NET, 4));
    final List<double[]> velocity = zerosLike(net.weights);
    boolean[][] kept = {new boolean[30], new boolean[15]};

    Plain() {
      take(Masks.NONE);
    }

    void take(Masks masks) {
      for (int layer = 0; layer < 2; layer++) {
        Mask mask = masks.get(NAMES.get(2 * layer));
        for (int i = 0; i < kept[layer].length; i++) {
          kept[layer][i] = mask == null || mask.keeps(i);
        }
      }
    }

    List<double[]> gradients() {
      Images images = DATA.train();
      float[][] inputs = new float[images.count()][6];
      for (int n = 0; n < inputs.length; n++) {
        for (int i = 0; i < 6; i++) {
          inputs[n][i] = ((images.pixels()[n * 6 + i] & 0xFF) / 255f - 0.5f) / 0.25f;
        }
      }
      return net.gradients(inputs, images.labels(), 0.1);
    }

    List<double[]> gradientsOfThePruned() {
      List<double[]> dense = copy(net.weights);
      zeroOutside(net.weights, kept);
      List<double[]> gradients = gradients();
      restore(dense);
      return gradients;
    }

    void restore(List<double[]> weights) {
      for (int tensor = 0; tensor < 4; tensor++) {
        System.arraycopy(
            weights.get(tensor), 0, net.weights.get(tensor), 0, weights.get(tensor).length);
      }
    }

    void maskOut(List<double[]> tensors) {
      zeroOutside(tensors, kept);
    }

    void zeroOutside(List<double[]> tensors, boolean[][] mask) {
      for (int layer = 0; layer < 2; layer++) {
        for (int i = 0; i < mask[layer].length; i++) {
          if (!mask[layer][i]) {
            tensors.get(2 * layer)[i] = 0;
          }
        }
      }
    }

    /** Weights and velocity outside a mask become 0. */
    void forget(boolean[][] mask) {
      zeroOutside(net.weights, mask);
      zeroOutside(velocity, mask);
    }

    void descend(List<double[]> gradients, boolean masked) {
      for (int tensor = 0; tensor < 4; tensor++) {
        double[] w = net.weights.get(tensor);
        double[] v = velocity.get(tensor);
        for (int i = 0; i < w.length; i++) {
          double g = gradients.get(tensor)[i] + DECAY * w[i];
          if (masked && tensor % 2 == 0 && !kept[tensor / 2][i]) {
            g = 0;
          }
          v[i] = MOMENTUM * v[i] + g;
          w[i] -= RATE * v[i];
        }
      }
    }

    /** The largest of what is kept so far, over both layers. */
    void keepLargest(long count) {
      keepLargest(count, false);
    }

    void keepLargestOfAll(long count) {
      keepLargest(count, true);
    }

    private void keepLargest(long count, boolean all) {
      List<int[]> entries = new ArrayList<>();
      for (int layer = 0; layer < 2; layer++) {
        for (int i = 0; i < kept[layer].length; i++) {
          if (all || kept[layer][i]) {
            entries.add(new int[] {layer, i});
          }
        }
      }
      entries.sort(Comparator.comparing(at -> -Math.abs(net.weights.get(2 * at[0])[at[1]])));
      kept = new boolean[][] {new boolean[30], new boolean[15]};
      for (int[] at : entries.subList(0, (int) count)) {
        kept[at[0]][at[1]] = true;
      }
    }

    /** Per layer: the smallest kept go, as many of the largest scores come, from 0. */
    void dropAndGrow(int[] counts, List<double[]> scores) {
      for (int layer = 0; layer < 2; layer++) {
        double[] w = net.weights.get(2 * layer);
        double[] score = scores.get(2 * layer);
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < w.length; i++) {
          if (kept[layer][i]) {
            in.add(i);
          }
        }
        in.sort(Comparator.comparing(i -> Math.abs(w[i])));
        boolean[] keeps = kept[layer];
        in.subList(0, counts[layer]).forEach(i -> keeps[i] = false);
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < w.length; i++) {
          if (!kept[layer][i]) {
            out.add(i);
            w[i] = 0;
            velocity.get(2 * layer)[i] = 0;
          }
        }
        out.sort(Comparator.comparing(i -> -Math.abs(score[i])));
        out.subList(0, counts[layer]).forEach(i -> keeps[i] = true);
      }
    }

    long keptCount() {
      long count = 0;
      for (boolean[] layer : kept) {
        for (boolean keeps : layer) {
          count += keeps ? 1 : 0;
        }
      }
      return count;
    }
  }
}
