package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures written by Pillow 12.3.0 (libjpeg-turbo) or chunk by chunk: 16 × 8 pixels, the left half
 * of one colour and the right half of another.
 */
class ImageFileTest {
  private static final int WIDTH = 16;
  private static final int PLANE = WIDTH * 8;

  @TempDir Path dir;

  private static byte[] bytes(String name) {
    try (InputStream in =
        Objects.requireNonNull(ImageFileTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ImageFile read(byte[] content) throws IOException {
    Path file = dir.resolve("picture");
    Files.write(file, content);
    return ImageFile.read(file, 3);
  }

  private ImageFile read(String name) throws IOException {
    return read(bytes(name));
  }

  private static void isColour(ImageFile image, int at, int tolerance, int... colour) {
    for (int channel = 0; channel < 3; channel++) {
      assertThat(image.levels()[channel * PLANE + at])
          .isCloseTo(colour[channel], within(tolerance));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "baseline.jpg, 1",
    "progressive.jpg, 1",
    "colour.png, 0",
    "colour-16.png, 0",
    "interlaced.png, 0",
    "palette.png, 0",
    "alpha.png, 0",
    "colour.bmp, 0",
    "palette.bmp, 0",
    "palette.gif, 0",
    "interlaced.gif, 0",
    "animated.gif, 0"
  })
  void coloursAreThoseThatWereWritten(String name, int tolerance) throws IOException {
    ImageFile image = read(name);
    assertThat(new int[] {image.width(), image.height()}).containsExactly(WIDTH, 8);
    for (int at = 0; at < PLANE; at++) {
      if (at % WIDTH < 8) {
        isColour(image, at, tolerance, 200, 40, 60);
      } else {
        isColour(image, at, tolerance, 20, 180, 90);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"grey.jpg, 1", "grey-16.png, 0", "grey-alpha.png, 0"})
  void greysAreThoseThatWereWritten(String name, int tolerance) throws IOException {
    ImageFile image = read(name);
    isColour(image, 7, tolerance, 200, 200, 200);
    isColour(image, 8, tolerance, 20, 20, 20);
  }

  /** Inks (200, 100, 50, 30) and (0, 20, 240, 100): light is (255 − ink)·(255 − black) / 255. */
  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "ycck.jpg"})
  void inksBecomeTheColoursThatTheyPrint(String name) throws IOException {
    ImageFile image = read(name);
    isColour(image, 0, 2, 49, 137, 181);
    isColour(image, PLANE - 1, 2, 155, 143, 9);
  }

  /** Stored in each of the eight ways, the picture has quarters of 0, 80, 160 and 240. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "orientation-1.jpg",
        "orientation-2.jpg",
        "orientation-3.jpg",
        "orientation-4.jpg",
        "orientation-5.jpg",
        "orientation-6.jpg",
        "orientation-7.jpg",
        "orientation-8.jpg",
        "orientation-6.png"
      })
  void picturesAreTurnedUpright(String name) throws IOException {
    int[] levels = read(name).levels();
    for (int quarter = 0; quarter < 4; quarter++) {
      int at = (quarter / 2 * 15) * WIDTH + quarter % 2 * 15;
      assertThat(levels[at]).isCloseTo(80 * quarter, within(1));
    }
  }

  @Test
  void turningSwapsWidthAndHeight() {
    ImageFile stored = new ImageFile(1, 2, 3, new int[] {1, 2, 3, 4, 5, 6});
    ImageFile upright = new Orientation(6).upright(stored);
    assertThat(new int[] {upright.width(), upright.height()}).containsExactly(2, 3);
    assertThat(upright.levels()).containsExactly(4, 1, 5, 2, 6, 3);
    assertThat(new Orientation(8).upright(upright).levels()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(new Orientation(5).upright(stored).levels()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(new Orientation(7).upright(stored).levels()).containsExactly(6, 3, 5, 2, 4, 1);
  }

  /** The law of damage: what is cut off anywhere is refused, or was not part of the picture. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline.jpg",
        "progressive.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "orientation-6.jpg",
        "colour.png",
        "interlaced.png",
        "palette.png",
        "grey-16.png",
        "colour.bmp",
        "palette.bmp",
        "palette.gif",
        "interlaced.gif",
        "animated.gif"
      })
  void noCutPictureHasOtherPixels(String name) throws IOException {
    byte[] whole = bytes(name);
    int[] levels = read(whole).levels();
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        assertThat(read(Arrays.copyOf(whole, length)).levels()).isEqualTo(levels);
      } catch (UserException e) {
        refused++;
        assertThat(e).hasMessageContaining(dir.resolve("picture").toString());
      }
    }
    assertThat(refused).isPositive();
    byte[] longer = Arrays.copyOf(whole, whole.length + 100);
    assertThat(read(longer).levels()).isEqualTo(levels);
  }

  @Test
  void aCutJpegIsNamedWithTheReason() throws IOException {
    byte[] whole = bytes("baseline.jpg");
    byte[] cut = Arrays.copyOf(whole, whole.length - 6);
    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(dir.resolve("picture") + " is not an image that can be decoded: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"palette.png", "colour.png", "grey-alpha.png", "interlaced.png"})
  void anyWrongByteOfAPngIsFound(String name) throws IOException {
    byte[] whole = bytes(name);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      assertThatThrownBy(() -> read(damaged)).isInstanceOf(UserException.class);
    }
  }
}
