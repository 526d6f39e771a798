package io.ticketflow.math.corrupt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.KeyedRandom;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Pixels worked out by hand. */
class CorruptedPixelsTest {
  private static final Offset<Float> CLOSE = within(1e-5f);

  /** Colour (0.5, 0.25, 0): value 0.5 becomes 0.8, and all channels grow by 8/5. */
  @Test
  void brightnessKeepsHueAndSaturation() {
    float[] light = apply(Corruption.BRIGHTNESS, colour(0.5f, 0.25f, 0), 3, 4, 5);
    assertThat(light[0]).isCloseTo(0.8f, CLOSE);
    assertThat(light[16]).isCloseTo(0.4f, CLOSE);
    assertThat(light[32]).isZero();
    assertThat(apply(Corruption.BRIGHTNESS, new float[16], 1, 4, 1)[5]).isCloseTo(0.05f, CLOSE);
    assertThat(apply(Corruption.BRIGHTNESS, colour(1, 0.5f, 0), 3, 4, 5)[16]).isEqualTo(0.5f);
  }

  /** Half 0.2, half 0.6: about their mean 0.4, 15 % of the contrast is left. */
  @Test
  void contrastIsAboutTheMean() {
    float[] image = new float[16];
    Arrays.fill(image, 0, 8, 0.2f);
    Arrays.fill(image, 8, 16, 0.6f);
    float[] flat = apply(Corruption.CONTRAST, image, 1, 4, 5);
    assertThat(flat[0]).isCloseTo(0.37f, CLOSE);
    assertThat(flat[15]).isCloseTo(0.43f, CLOSE);
  }

  /**
   * (0.8, 0.4, 0.6) has saturation 1/2; a tenth of it is 0.05: 0.8·(1 − 0.05), and half of that.
   */
  @Test
  void saturationOfOneColour() {
    float[] pale = apply(Corruption.SATURATE, colour(0.8f, 0.4f, 0.6f), 3, 4, 2);
    assertThat(pale[0]).isCloseTo(0.8f, CLOSE);
    assertThat(pale[16]).isCloseTo(0.76f, CLOSE);
    assertThat(pale[32]).isCloseTo(0.78f, CLOSE);
    float[] grey = {0.1f, 0.9f, 0.5f, 0.3f, 0, 1, 1, 0, 0.1f, 0.9f, 0.5f, 0.3f, 0, 1, 1, 0};
    assertThat(apply(Corruption.SATURATE, grey, 1, 4, 5)).isEqualTo(grey);
  }

  /** 65 % of 4 pixels are 2: each a mean of 2 × 2, drawn twice as large. */
  @Test
  void pixelateTakesMeansOfBoxes() {
    float[] image = new float[16];
    image[0] = 1;
    image[5] = 0.5f;
    image[10] = 0.8f;
    float[] coarse = apply(Corruption.PIXELATE, image, 1, 4, 5);
    assertThat(coarse[0]).isCloseTo(0.375f, CLOSE);
    assertThat(coarse[5]).isCloseTo(0.375f, CLOSE);
    assertThat(coarse[2]).isZero();
    assertThat(coarse[15]).isCloseTo(0.2f, CLOSE);
  }

  /** One full pixel of 32 × 32 under a normal curve of deviation 1, written out. */
  @Test
  void gaussianBlurIsTheNormalCurve() {
    float[] image = new float[32 * 32];
    image[16 * 32 + 16] = 1;
    float[] blurred = apply(Corruption.GAUSSIAN_BLUR, image, 1, 32, 5);
    double sum = 0;
    for (int i = -4; i <= 4; i++) {
      sum += Math.exp(-0.5 * i * i);
    }
    for (int away = 0; away <= 4; away++) {
      double expected = Math.exp(-0.5 * away * away) / (sum * sum);
      assertThat((double) blurred[(16 + away) * 32 + 16]).isCloseTo(expected, within(1e-6));
      assertThat((double) blurred[16 * 32 + 16 - away]).isCloseTo(expected, within(1e-6));
    }
  }

  /** At severity 5 the disk of radius 1.5 has nine pixels, and next to no soft edge. */
  @Test
  void defocusIsADisk() {
    float[] image = new float[32 * 32];
    image[16 * 32 + 16] = 0.9f;
    float[] blurred = apply(Corruption.DEFOCUS_BLUR, image, 1, 32, 5);
    for (int y = 14; y <= 18; y++) {
      for (int x = 14; x <= 18; x++) {
        boolean near = Math.abs(y - 16) <= 1 && Math.abs(x - 16) <= 1;
        assertThat(blurred[y * 32 + x]).isCloseTo(near ? 0.1f : 0, within(1e-4f));
      }
    }
  }

  /**
   * A blur moves light about and makes none: the mean of a flat image stays, whatever the draws.
   */
  @Test
  void blursLeaveFlatImages() {
    float[] flat = new float[32 * 32];
    Arrays.fill(flat, 0.25f);
    for (Corruption corruption : Corruption.values()) {
      if (corruption.family() == Family.BLUR) {
        for (float value : apply(corruption, flat, 1, 32, 4)) {
          assertThat(value).as(corruption.label()).isCloseTo(0.25f, CLOSE);
        }
      }
    }
  }

  /** A point 10 pixels right of the middle lies at 50°, above or below, or half a pixel aside. */
  @Test
  void rotationTurnsAboutTheMiddle() {
    float[] image = new float[33 * 33];
    image[16 * 33 + 26] = 1;
    float[] turned = apply(Corruption.ROTATION, image, 1, 33, 5);
    double x = 0;
    double y = 0;
    double sum = 0;
    for (int i = 0; i < turned.length; i++) {
      sum += turned[i];
      y += turned[i] * (i / 33 - 16);
      x += turned[i] * (i % 33 - 16);
    }
    assertThat(x / sum).isCloseTo(10 * Math.cos(Math.toRadians(50)), within(0.3));
    assertThat(Math.abs(y / sum)).isCloseTo(10 * Math.sin(Math.toRadians(50)), within(0.3));
  }

  /** Severity 3 of 32 pixels is 3 pixels, down or up or neither, and right or left or neither. */
  @Test
  void shiftsAreOfWholePixels() {
    float[] image = new float[32 * 32];
    image[16 * 32 + 16] = 0.7f;
    for (int draw = 0; draw < 20; draw++) {
      float[] moved = Corruption.SHIFT.apply(image, 1, 32, 32, 3, KeyedRandom.of(draw));
      int at = -1;
      for (int i = 0; i < moved.length; i++) {
        if (moved[i] != 0) {
          assertThat(at).as("one pixel").isEqualTo(-1);
          at = i;
        }
      }
      assertThat(moved[at]).isEqualTo(0.7f);
      assertThat(Math.abs(at / 32 - 16)).isIn(0, 3);
      assertThat(Math.abs(at % 32 - 16)).isIn(0, 3);
      assertThat(at).isNotEqualTo(16 * 32 + 16);
    }
  }

  /** Clouds reach from 0 to 1, so haze adds from nothing to 1.5 before it is scaled by 0.5 / 2. */
  @Test
  void fogIsScaledByTheBrightest() {
    float[] flat = new float[32 * 32];
    Arrays.fill(flat, 0.5f);
    float[] hazy = apply(Corruption.FOG, flat, 1, 32, 5);
    float low = 1;
    float high = 0;
    for (float value : hazy) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    assertThat(low).isCloseTo(0.5f * 0.25f, CLOSE);
    assertThat(high).isCloseTo(2f * 0.25f, CLOSE);
  }

  /** A JPEG of one grey is that grey: 128 is coded without loss. */
  @Test
  void jpegKeepsFlatImages() {
    float[] flat = new float[32 * 32 * 3];
    Arrays.fill(flat, 128 / 255f);
    for (float value : apply(Corruption.JPEG_COMPRESSION, flat, 3, 32, 5)) {
      assertThat(value).isCloseTo(128 / 255f, within(1.5f / 255));
    }
  }

  private static float[] apply(
      Corruption corruption, float[] image, int channels, int side, int severity) {
    return corruption.apply(image, channels, side, side, severity, KeyedRandom.of(1, corruption));
  }

  private static float[] colour(float red, float green, float blue) {
    float[] image = new float[48];
    Arrays.fill(image, 0, 16, red);
    Arrays.fill(image, 16, 32, green);
    Arrays.fill(image, 32, 48, blue);
    return image;
  }
}
