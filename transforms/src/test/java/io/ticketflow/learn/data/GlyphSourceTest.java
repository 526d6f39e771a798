package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GlyphSourceTest {
  private final GlyphSource grey = new GlyphSource(7, 1);

  @Test
  void sameSeedDrawsTheSameImages() {
    assertThat(new GlyphSource(7, 1).read(Part.TRAIN, 30).pixels())
        .isEqualTo(grey.read(Part.TRAIN, 30).pixels());
  }

  @Test
  void imagesHaveTheSameBitsOnEveryPlatform() {
    assertThat(ContentDigest.of(grey.read(Part.TRAIN, 50)))
        .isEqualTo("2e63e2a269d13a60c86ba37af8acb7214144c200611654e0e5571f090fc2cc4f");
    assertThat(ContentDigest.of(new GlyphSource(7, 3).read(Part.TEST, 50)))
        .isEqualTo("48e70417b544d93f812ac02c1297f82cb06ee7fa8b3e02b4914d1afdf21f9d3b");
  }

  @Test
  void seedAndPartDrawDifferentImages() {
    byte[] pixels = grey.read(Part.TRAIN, 30).pixels();
    assertThat(new GlyphSource(8, 1).read(Part.TRAIN, 30).pixels()).isNotEqualTo(pixels);
    assertThat(grey.read(Part.TEST, 30).pixels()).isNotEqualTo(pixels);
  }

  @Test
  void imageDoesNotDependOnHowManyAreDrawn() {
    Images many = grey.read(Part.TRAIN, 50);
    Images few = grey.read(Part.TRAIN, 20);
    assertThat(few.pixels()).isEqualTo(Arrays.copyOf(many.pixels(), few.pixels().length));
    assertThat(few.labels()).isEqualTo(Arrays.copyOf(many.labels(), 20));
  }

  @Test
  void classesAreBalanced() {
    int[] labels = grey.read(Part.TRAIN, 200).labels();
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(IntStream.of(labels).filter(l -> l == wanted)).hasSize(20);
    }
  }

  @Test
  void shapesAreThoseOfMnistAndCifar() {
    Images one = grey.read(Part.TEST, 10);
    Images three = new GlyphSource(7, 3).read(Part.TEST, 10);
    assertThat(new int[] {one.channels(), one.height(), one.width(), one.classes()})
        .containsExactly(1, 28, 28, 10);
    assertThat(new int[] {three.channels(), three.height(), three.width(), three.classes()})
        .containsExactly(3, 32, 32, 10);
  }

  @Test
  void zeroDrawsTheDefaultNumbers() {
    assertThat(grey.read(Part.TRAIN, 0).count()).isEqualTo(10_000);
    assertThat(grey.read(Part.TEST, 0).count()).isEqualTo(2_000);
  }

  @Test
  void moreGlyphsThanAnArrayHoldsAreRefused() {
    assertThatThrownBy(() -> grey.read(Part.TRAIN, 3_000_000))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.train must be at most 2739137 glyphs");
  }

  @Test
  void everyImageShowsInkOnGround() {
    Images images = new GlyphSource(3, 3).read(Part.TRAIN, 100);
    for (int i = 0; i < images.count(); i++) {
      byte[] image =
          Arrays.copyOfRange(images.pixels(), i * images.imageSize(), (i + 1) * images.imageSize());
      int darkest = 255;
      int brightest = 0;
      for (byte pixel : image) {
        darkest = Math.min(darkest, pixel & 0xFF);
        brightest = Math.max(brightest, pixel & 0xFF);
      }
      assertThat(brightest - darkest).isGreaterThan(60);
    }
  }

  @Test
  void strokeCoversPixelsByTheirDistanceToTheSegment() {
    GlyphCanvas canvas = new GlyphCanvas(8, new double[] {0});
    // A horizontal stroke of width 2 whose middle runs through the centres of row 3.
    canvas.stroke(new double[] {-10, 3.5, 20, 3.5}, 2, new double[] {1});
    byte[] pixels = new byte[64];
    canvas.write(pixels, 0);
    for (int column = 0; column < 8; column++) {
      assertThat(pixels[8 + column] & 0xFF).isZero();
      assertThat(pixels[16 + column] & 0xFF).isEqualTo(128);
      assertThat(pixels[24 + column] & 0xFF).isEqualTo(255);
      assertThat(pixels[32 + column] & 0xFF).isEqualTo(128);
      assertThat(pixels[40 + column] & 0xFF).isZero();
    }
  }
}
