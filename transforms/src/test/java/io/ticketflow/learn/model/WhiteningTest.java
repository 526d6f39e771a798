package io.ticketflow.learn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.testing.TestSettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whitening of images that are smooth and grey in the main, as photographs are. */
class WhiteningTest {
  private static final int SIDE = 26;
  private static final int PATCH = 12;
  private static final float[] MEAN = {0.49f, 0.48f, 0.45f};
  private static final float[] STD = {0.25f, 0.24f, 0.26f};
  private static final DataSplits DATA = data(40);
  private static final ModelGraph NET =
      ModelZoo.build(TestSettings.model("name: airbench94, width: 2"), 3, SIDE, SIDE, 10);

  /** What a filter gives for patches has mean square 1, and no two have anything in common. */
  @Test
  void whatFiltersGiveIsUncorrelatedAndOfUnitSize() {
    double[][] moments = moments(Whitening.of(DATA, 2, 0));
    for (int i = 0; i < PATCH; i++) {
      for (int j = 0; j < PATCH; j++) {
        assertThat(moments[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-3));
      }
    }
  }

  /** λ/(λ + ε), where λ is the moment along the filter, scaled to length 1. */
  @Test
  void weakDirectionsAreNotBlownUp() {
    float[] filters = network().get("whiten.weight").values();
    double[][] moments = moments(filters);
    double before = Double.MAX_VALUE;
    for (int i = 0; i < PATCH; i++) {
      double square = 0;
      double largest = 0;
      for (int k = i * PATCH; k < (i + 1) * PATCH; k++) {
        square += (double) filters[k] * filters[k];
        largest = Math.abs(filters[k]) > Math.abs(largest) ? filters[k] : largest;
        assertThat(filters[PATCH * PATCH + k]).isEqualTo(-filters[k]);
      }
      double lambda = moments[i][i] / square;
      assertThat(square).isCloseTo(1 / (lambda + 5e-4), within(1e-4 * square));
      assertThat(lambda).isLessThan(before);
      assertThat(largest).isPositive();
      before = lambda;
    }
    // these images have such directions
    assertThat(before).isLessThan(0.1);
  }

  @Test
  void theSameImagesGiveTheSameBitsAndNothingElseChanges() {
    TensorSet drawn = drawn();
    TensorSet network = network();
    for (ParameterSpec spec : NET.parameters()) {
      boolean whitens = spec.name().equals("whiten.weight");
      boolean same =
          Arrays.equals(network.get(spec.name()).values(), drawn.get(spec.name()).values());
      assertThat(same).as(spec.name()).isEqualTo(!whitens);
      assertThat(network().get(spec.name()).values()).isEqualTo(network.get(spec.name()).values());
    }
    ModelGraph plain = ModelZoo.build(TestSettings.model("name: resnet-20"), 3, SIDE, SIDE, 10);
    TensorSet other = Initialisation.draw(plain, ModelSpec.Initialisation.HE, 1);
    assertThat(Whitening.in(plain, other, DATA)).isSameAs(other);
  }

  private static TensorSet drawn() {
    return Initialisation.draw(NET, ModelSpec.Initialisation.PYTORCH, 1);
  }

  private static TensorSet network() {
    return Whitening.in(NET, drawn(), DATA);
  }

  private static double[][] moments(float[] filters) {
    double[][] moments = new double[PATCH][PATCH];
    Images images = DATA.train();
    int places = (SIDE - 1) * (SIDE - 1) * images.count();
    double[] given = new double[PATCH];
    for (int n = 0; n < images.count(); n++) {
      for (int y = 0; y + 1 < SIDE; y++) {
        for (int x = 0; x + 1 < SIDE; x++) {
          for (int f = 0; f < PATCH; f++) {
            given[f] = 0;
            for (int c = 0; c < 3; c++) {
              for (int u = 0; u < 2; u++) {
                for (int v = 0; v < 2; v++) {
                  int at = ((n * 3 + c) * SIDE + y + u) * SIDE + x + v;
                  double pixel = ((images.pixels()[at] & 0xFF) / 255.0 - MEAN[c]) / STD[c];
                  given[f] += filters[((f * 3 + c) * 2 + u) * 2 + v] * pixel;
                }
              }
            }
          }
          for (int i = 0; i < PATCH; i++) {
            for (int j = 0; j < PATCH; j++) {
              moments[i][j] += given[i] * given[j] / places;
            }
          }
        }
      }
    }
    return moments;
  }

  /** Waves of any direction and colour, mostly grey, and a little noise. */
  private static DataSplits data(int count) {
    byte[] pixels = new byte[count * 3 * SIDE * SIDE];
    int next = 0;
    for (int n = 0; n < count; n++) {
      KeyedRandom draws = KeyedRandom.of(3, "waves", n);
      double right = draws.nextGaussian() / 5;
      double down = draws.nextGaussian() / 5;
      double grey = 60 * draws.nextGaussian();
      for (int c = 0; c < 3; c++) {
        double own = grey + 15 * draws.nextGaussian();
        for (int i = 0; i < SIDE * SIDE; i++) {
          int row = i / SIDE;
          double wave = StrictMath.sin(right * (i % SIDE) + down * row);
          double level = 120 + own * wave + 4 * draws.nextGaussian();
          pixels[next++] = (byte) Math.max(0, Math.min(255, Math.round(level)));
        }
      }
    }
    Images images = new Images(3, SIDE, SIDE, 10, pixels, new int[count]);
    return new DataSplits(images, images, images, MEAN, STD);
  }
}
