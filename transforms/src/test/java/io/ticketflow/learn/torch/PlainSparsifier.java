package io.ticketflow.learn.torch;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * SGD under masks that change, in doubles and with sorted lists: the weights, velocity and masks of
 * a network of two layers, of which tensors 0 and 2 are prunable.
 */
final class PlainSparsifier {
  static final ModelGraph NET = Fixtures.mlp();
  static final DataSplits DATA = Fixtures.data(NET, 11, 0);
  static final List<String> NAMES = List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
  static final double RATE = 0.3;
  static final double DECAY = 0.01;
  static final double MOMENTUM = 0.9;

  final DoubleMlp net = new DoubleMlp(6, 5, Fixtures.CLASSES, Fixtures.weights(NET, 4));
  final List<double[]> velocity = zerosLike(net.weights);
  boolean[][] kept = {new boolean[30], new boolean[15]};

  PlainSparsifier() {
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

  static List<double[]> copy(List<double[]> arrays) {
    return arrays.stream().map(double[]::clone).toList();
  }

  static List<double[]> zerosLike(List<double[]> arrays) {
    return arrays.stream().map(array -> new double[array.length]).toList();
  }
}
