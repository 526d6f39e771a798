package io.ticketflow.learn.data;

import static io.ticketflow.spec.DataSpec.Border.REFLECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.testing.TestSettings;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchSourceTest {
  private static final int SIDE = 32;
  private final Images images = new GlyphSource(1, 3).read(Part.TRAIN, 12);
  private final float[] mean = {0.4f, 0.5f, 0.6f};
  private final float[] std = {0.2f, 0.25f, 0.3f};
  private final BatchSource source = new BatchSource(images, mean, std);
  private final int[] order = {3, 11, 0, 7, 5};

  private double expected(int image, int channel, int pixel) {
    int level = images.pixels()[image * 3072 + channel * 1024 + pixel] & 0xFF;
    return (level / 255.0 - mean[channel]) / std[channel];
  }

  private double black(int channel) {
    return (0 - (double) mean[channel]) / std[channel];
  }

  @Test
  void fillsNormalisedImagesInTheOrderOfTheIndices() {
    float[] out = new float[3 * 3072];
    source.fill(order, 1, 4, out);
    for (int i = 0; i < out.length; i++) {
      double value = expected(order[1 + i / 3072], i % 3072 / 1024, i % 1024);
      assertThat((double) out[i]).isCloseTo(value, offset(2e-6));
    }
  }

  @Test
  void buffersGetTheSameFloats() {
    Optional<Augmentation> augmentation = Optional.of(new Augmentation(4, true, 17));
    float[] array = new float[5 * 3072];
    source.fill(order, 0, 5, array, augmentation);
    FloatBuffer buffer = FloatBuffer.allocate(5 * 3072);
    source.fill(order, 0, 5, buffer, augmentation);
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(buffer.array()).isEqualTo(array);
  }

  @Test
  void fourImagesLieSideBySide() {
    float[] out = new float[1 + 40 * 7];
    source.four(order, 1, 2, 100, 40, out, 1, 7);
    for (int pixel = 0; pixel < 40; pixel++) {
      for (int image = 0; image < 7; image++) {
        double value = image < 4 ? expected(order[1 + image], 2, 100 + pixel) : 0;
        assertThat((double) out[1 + 7 * pixel + image]).isCloseTo(value, offset(2e-6));
      }
    }
  }

  @Test
  void augmentedImageIsACropOfTheBlackBorderedImageThenAFlip() {
    Augmentation augmentation = new Augmentation(4, true, 42);
    for (int image = 0; image < images.count(); image++) {
      float[] out = new float[3072];
      source.fill(new int[] {image}, 0, 1, out, Optional.of(augmentation));
      Augmentation.Shift shift = augmentation.shift(image);
      for (int i = 0; i < out.length; i++) {
        int channel = i / 1024;
        int column = i % SIDE;
        int row = i % 1024 / SIDE + shift.down();
        int from = (shift.flipped() ? SIDE - 1 - column : column) + shift.right();
        boolean inside = row >= 0 && row < SIDE && from >= 0 && from < SIDE;
        double value = inside ? expected(image, channel, row * SIDE + from) : black(channel);
        assertThat((double) out[i]).isCloseTo(value, offset(2e-6));
      }
    }
  }

  @Test
  void augmentationOfAnImageDoesNotDependOnTheBatch() {
    Optional<Augmentation> augmentation = Optional.of(new Augmentation(4, true, 5));
    float[] together = new float[5 * 3072];
    source.fill(order, 0, 5, together, augmentation);
    for (int i = 0; i < 5; i++) {
      float[] alone = new float[3072];
      source.fill(order, i, i + 1, alone, augmentation);
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * 3072, (i + 1) * 3072));
    }
  }

  @Test
  void cropsAreUniformAndHalfOfTheImagesAreFlipped() {
    Augmentation augmentation = new Augmentation(4, true, 9);
    int[] tops = new int[9];
    int[] lefts = new int[9];
    int flips = 0;
    int n = 90_000;
    for (int image = 0; image < n; image++) {
      Augmentation.Shift shift = augmentation.shift(image);
      tops[shift.down() + 4]++;
      lefts[shift.right() + 4]++;
      flips += shift.flipped() ? 1 : 0;
    }
    // 5 standard deviations of a binomial with 10,000 expected are about 470.
    for (int offset = 0; offset < 9; offset++) {
      assertThat(tops[offset]).isBetween(9_500, 10_500);
      assertThat(lefts[offset]).isBetween(9_500, 10_500);
    }
    assertThat(flips).isBetween(44_250, 45_750);
  }

  @Test
  void neitherCropNorFlipLeavesImagesAsTheyAre() {
    float[] plain = new float[5 * 3072];
    float[] augmented = new float[5 * 3072];
    source.fill(order, 0, 5, plain);
    source.fill(order, 0, 5, augmented, Optional.of(new Augmentation(0, false, 3)));
    assertThat(augmented).isEqualTo(plain);
  }

  @Test
  void specificationWithoutAugmentationMakesNone() {
    DataSpec plain = DataSpecs.glyphs(10, 10, 0, 1, 1);
    assertThat(Augmentation.of(plain, epoch -> KeyedRandom.of(1, "augment"), 1)).isEmpty();
    DataSpec flip =
        TestSettings.data("train: 10, test: 10, validation: 0, size: 28, seed: 1, flip: true");
    assertThat(Augmentation.of(flip, epoch -> KeyedRandom.of(1, "augment"), 1))
        .isEqualTo(Augmentation.of(flip, epoch -> KeyedRandom.of(1, "augment"), 1))
        .isNotEqualTo(Augmentation.of(flip, epoch -> KeyedRandom.of(2, "augment"), 1))
        .isPresent();
  }

  /** A row a b c d continues as … d c b | a b c d | c b a …: its ends do not come twice. */
  @Test
  void aReflectedBorderMirrorsTheImageAtItsEdge() {
    assertThat(reflected(-2, 0, false)).containsExactly(3, 2, 1, 2);
    assertThat(reflected(2, 0, false)).containsExactly(3, 4, 3, 2);
    assertThat(reflected(-2, 0, true)).containsExactly(2, 1, 2, 3);
    assertThat(reflected(1, -1, false)).containsExactly(6, 7, 8, 7);
    assertThat(reflected(0, 2, false)).containsExactly(1, 2, 3, 4);
  }

  /** The first row of the rows 1 2 3 4 and 5 6 7 8 after a shift, as levels. */
  private static long[] reflected(int right, int down, boolean flipped) {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
    Images small = new Images(1, 2, 4, 2, pixels, new int[1]);
    BatchSource of = new BatchSource(small, new float[] {0}, new float[] {1});
    float[] row = new float[4];
    of.row(0, 0, 0, new Augmentation.Shift(down, right, flipped, REFLECT), row, 0, 1);
    long[] levels = new long[4];
    Arrays.setAll(levels, x -> Math.round(row[x] * 255.0));
    return levels;
  }

  @Test
  void alternatingFlipsAreDrawnOnceAndTurnedEveryOtherEpoch() {
    String keys = "crop: 2, flip: true, border: reflect, alternating: ";
    int flips = 0;
    int moves = 0;
    for (int image = 0; image < 1000; image++) {
      Augmentation.Shift first = shift(keys + true, 1, image);
      Augmentation.Shift second = shift(keys + true, 2, image);
      Augmentation.Shift third = shift(keys + true, 3, image);
      assertThat(second.flipped()).isEqualTo(!first.flipped());
      assertThat(third.flipped()).isEqualTo(first.flipped());
      // in the first epoch nothing differs from flips that are drawn each time
      assertThat(first).isEqualTo(shift(keys + false, 1, image));
      assertThat(second.border()).isEqualTo(REFLECT);
      assertThat(Math.max(Math.abs(second.down()), Math.abs(second.right()))).isLessThan(3);
      flips += first.flipped() ? 1 : 0;
      moves += first.down() != third.down() ? 1 : 0;
    }
    // 5 standard deviations about 500 and 800
    assertThat(flips).isBetween(421, 579);
    assertThat(moves).isBetween(737, 863);
  }

  private static Augmentation.Shift shift(String keys, int epoch, int image) {
    DataSpec spec = TestSettings.data("train: 10, test: 10, validation: 0, " + keys);
    return Augmentation.of(spec, at -> KeyedRandom.of(1, "epoch", at), epoch)
        .orElseThrow()
        .shift(image);
  }

  @Test
  void indexedNumberIsThatOfTheStream() {
    // The first outputs of SplitMix64 from state 0, as published with its reference code.
    assertThat(KeyedRandom.at(0, 0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(KeyedRandom.at(0, 1)).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(KeyedRandom.at(0, 2)).isEqualTo(0x06C45D188009454FL);
  }

  @Test
  void wrongNumberOfMeansIsRefused() {
    assertThatThrownBy(() -> new BatchSource(images, new float[1], std))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 values");
  }
}
