package io.ticketflow.learn.data;

import io.ticketflow.spec.UserException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * A decoded picture of any size, channel by channel, 0 to 255. Transparency is dropped; colour
 * becomes grey by 0.299 R + 0.587 G + 0.114 B, grey becomes colour by repetition.
 */
record ImageFile(int channels, int height, int width, int[] levels) {
  private static final long MOST_PIXELS = 100_000_000;

  /**
   * Decodes PNG, JPEG, BMP or GIF (its first frame) and turns it as its EXIF data say.
   *
   * @throws UserException naming the file, if it is none of them, damaged, or too large to decode
   */
  static ImageFile read(Path path, int channels) {
    if (!Files.isRegularFile(path)) {
      throw new UserException(path + " is not a file");
    }
    try (FileImageInputStream in = new FileImageInputStream(path.toFile())) {
      ImageReader reader =
          Decoders.of(in)
              .orElseThrow(() -> new UserException(path + " is not a PNG, JPEG, BMP or GIF image"));
      try {
        String format = reader.getOriginatingProvider().getFormatNames()[0];
        if (PngChunks.FORMAT.equalsIgnoreCase(format)) {
          PngChunks.check(in);
        }
        Orientation orientation = Orientation.of(in, format);
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw UserException.of("%s is too large to decode: %s pixels", path, pixels);
        }
        return orientation.upright(of(Decoders.decode(reader), channels));
      } finally {
        reader.dispose();
      }
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders answer damaged files with whatever exception comes up.
      throw UserException.of("%s is not an image that can be decoded: %s", path, reason(e));
    }
  }

  private static String reason(Exception e) {
    if (e instanceof EOFException) {
      return "it is cut off";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static ImageFile of(BufferedImage image, int channels) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] levels = new int[channels * width * height];
    boolean grey = isGrey(image.getColorModel());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        // getRGB would pass grey samples through a gamma curve: take them as they are stored.
        int rgb = grey ? greyLevel(image, x, y) * 0x010101 : image.getRGB(x, y);
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        int at = y * width + x;
        if (channels == 1) {
          levels[at] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
        } else {
          levels[at] = red;
          levels[at + width * height] = green;
          levels[at + 2 * width * height] = blue;
        }
      }
    }
    return new ImageFile(channels, height, width, levels);
  }

  private static boolean isGrey(ColorModel model) {
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static int greyLevel(BufferedImage image, int x, int y) {
    int white = (1 << image.getColorModel().getComponentSize(0)) - 1;
    return (image.getRaster().getSample(x, y, 0) * 255 + white / 2) / white;
  }

  /**
   * Writes the picture, stretched to side × side: each pixel is the mean of the area it covers,
   * rounded to the nearest level (halves up).
   */
  void scale(int side, byte[] pixels, int at) {
    double[] narrow = new double[height * side];
    for (int channel = 0; channel < channels; channel++) {
      int plane = channel * height * width;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < side; x++) {
          double sum = 0;
          for (int i = first(x, width, side); i < end(x, width, side); i++) {
            sum += overlap(x, i, width, side) * levels[plane + y * width + i];
          }
          narrow[y * side + x] = sum / width;
        }
      }
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double sum = 0;
          for (int i = first(y, height, side); i < end(y, height, side); i++) {
            sum += overlap(y, i, height, side) * narrow[i * side + x];
          }
          pixels[at++] = (byte) (int) (sum / height + 0.5);
        }
      }
    }
  }

  // In units of 1 / (length · side), old pixel i covers [i·side, (i+1)·side) and new pixel p covers
  // [p·length, (p+1)·length): all whole numbers.

  private static int first(int p, int length, int side) {
    return (int) ((long) p * length / side);
  }

  private static int end(int p, int length, int side) {
    return (int) (((long) (p + 1) * length + side - 1) / side);
  }

  private static long overlap(int p, int i, int length, int side) {
    return Math.min((p + 1L) * length, (i + 1L) * side)
        - Math.max((long) p * length, (long) i * side);
  }
}
