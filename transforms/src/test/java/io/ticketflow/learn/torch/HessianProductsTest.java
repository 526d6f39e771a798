package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against second differences of the loss of a small network, written out in doubles. */
class HessianProductsTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final DataSplits DATA = Fixtures.data(NET, 20, 5);
  private static final int IN = 6;
  private static final int HIDDEN = 5;
  private static final int WEIGHTS = IN * HIDDEN + HIDDEN * Fixtures.CLASSES;
  private static final double STEP = 1e-4;

  @Test
  void everyColumnIsTheSecondDerivatives() {
    TensorSet network = Fixtures.weights(NET, 3);
    Masks masks = masks();
    double[][] exact = hessian(FlatLayout.of(NET).flatten(masks.applyTo(network)), masks);
    double largest = 0;
    for (double[] row : exact) {
      for (double each : row) {
        largest = Math.max(largest, Math.abs(each));
      }
    }
    assertThat(largest).isGreaterThan(0.05);
    ImageSample all = new ImageSample(IntStream.range(0, 20).toArray(), 7);
    try (HessianProducts products =
        HessianProducts.of(NET, network, masks, DATA, all, Device.cpu())) {
      assertThat(products.kept()).hasSize(WEIGHTS);
      assertThat(IntStream.range(0, WEIGHTS).filter(i -> products.kept()[i]))
          .hasSize(WEIGHTS - 3)
          .doesNotContain(4, 5, 6);
      for (int column = 0; column < WEIGHTS; column++) {
        double[] unit = new double[WEIGHTS];
        unit[column] = 2; // it is linear
        double[] product = products.times(unit);
        for (int row = 0; row < WEIGHTS; row++) {
          assertThat(product[row] / 2)
              .as("row %s, column %s", row, column)
              .isCloseTo(exact[row][column], within(1e-3 * largest));
        }
      }
      double[] signs = new double[WEIGHTS];
      for (int i = 0; i < WEIGHTS; i++) {
        signs[i] = i % 3 == 0 ? 1 : -1;
      }
      Arrays.fill(signs, 4, 7, 0);
      double form = 0;
      for (int i = 0; i < WEIGHTS; i++) {
        for (int j = 0; j < WEIGHTS; j++) {
          form += signs[i] * exact[i][j] * signs[j];
        }
      }
      assertThat(products.form(signs)).isCloseTo(form, within(1e-3 * Math.abs(form)));
      assertThat(products.form(new double[WEIGHTS])).isZero();
    }
  }

  /** Differentiating twice would not be: the binding keeps what it never frees. */
  @Test
  @Tag("proofs") // for its time
  void memoryIsFlatOverAThousandProducts() throws IOException {
    ModelGraph net = ModelZoo.build(TestSettings.model("name: lenet-300-100"), 1, 28, 28, 10);
    DataSplits data = Fixtures.data(net, 100, 5);
    Masks masks = Fixtures.fullMasks(net);
    ImageSample all = new ImageSample(IntStream.range(0, 100).toArray(), 100);
    try (HessianProducts products =
        HessianProducts.of(net, Fixtures.weights(net, 3), masks, data, all, Device.cpu())) {
      double[] direction = new double[products.kept().length];
      Arrays.fill(direction, 1);
      long early = 0;
      for (int product = 0; product < 1000; product++) {
        products.times(direction);
        early = product == 200 ? residentMegabytes() : early;
      }
      assertThat(residentMegabytes()).isLessThan(early + 100); // the heap's own ups and downs
    }
  }

  private static long residentMegabytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static Masks masks() {
    Map<String, Mask> masks = new LinkedHashMap<>();
    Fixtures.fullMasks(NET)
        .byName()
        .forEach(
            (name, mask) -> {
              BitSet kept = new BitSet();
              kept.set(0, mask.size());
              if (name.equals("fc1.weight")) {
                kept.clear(4, 7);
              }
              masks.put(name, Mask.ofWords(words(kept, mask.size()), mask.size()));
            });
    return new Masks(masks);
  }

  private static long[] words(BitSet kept, int size) {
    return Arrays.copyOf(kept.toLongArray(), Mask.words(size).length);
  }

  private static double[][] hessian(float[] flat, Masks masks) {
    float[] flags = FlatLayout.of(NET).flags(masks);
    double[] weights = new double[flat.length];
    for (int i = 0; i < flat.length; i++) {
      weights[i] = flat[i];
    }
    double[][] hessian = new double[WEIGHTS][WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      for (int j = 0; j < WEIGHTS; j++) {
        if (flags[i] != 0 && flags[j] != 0) {
          hessian[i][j] =
              (moved(weights, i, 1, j, 1)
                      - moved(weights, i, 1, j, -1)
                      - moved(weights, i, -1, j, 1)
                      + moved(weights, i, -1, j, -1))
                  / (4 * STEP * STEP);
        }
      }
    }
    return hessian;
  }

  private static double moved(double[] weights, int i, int byI, int j, int byJ) {
    double[] there = weights.clone();
    there[i] += byI * STEP;
    there[j] += byJ * STEP;
    return loss(there);
  }

  /** Weights of both layers, then their biases. */
  private static double loss(double[] w) {
    int biases = WEIGHTS;
    double sum = 0;
    for (int image = 0; image < DATA.train().count(); image++) {
      double[] hidden = new double[HIDDEN];
      for (int h = 0; h < HIDDEN; h++) {
        double z = w[biases + h];
        for (int i = 0; i < IN; i++) {
          int pixel = DATA.train().pixels()[image * IN + i] & 0xFF;
          z += w[h * IN + i] * ((pixel / 255f - 0.5f) / 0.25f);
        }
        hidden[h] = Math.max(0, z);
      }
      double[] logits = new double[Fixtures.CLASSES];
      double all = 0;
      for (int k = 0; k < logits.length; k++) {
        logits[k] = w[biases + HIDDEN + k];
        for (int h = 0; h < HIDDEN; h++) {
          logits[k] += w[IN * HIDDEN + k * HIDDEN + h] * hidden[h];
        }
        all += Math.exp(logits[k]);
      }
      sum += Math.log(all) - logits[DATA.train().labels()[image]];
    }
    return sum / DATA.train().count();
  }
}
