package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Written as JPEG and read again, by the JDK's library. */
final class Jpeg {
  private static final float[] QUALITY = {0.80f, 0.65f, 0.58f, 0.50f, 0.40f};
  private static final int FULL = 255;

  private Jpeg() {}

  static Picture apply(Picture image, int severity, KeyedRandom random) {
    boolean grey = image.channels() == 1;
    BufferedImage pixels =
        new BufferedImage(
            image.width(),
            image.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < image.channels(); c++) {
          pixels.getRaster().setSample(x, y, c, Math.round(FULL * image.get(c, y, x)));
        }
      }
    }
    try {
      BufferedImage read = read(written(pixels, QUALITY[severity]));
      Picture coded = image.blank(image.channels());
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          for (int c = 0; c < image.channels(); c++) {
            coded.set(c, y, x, sample(read, x, y, c, grey) / (double) FULL);
          }
        }
      }
      return coded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int sample(BufferedImage read, int x, int y, int channel, boolean grey) {
    return grey
        ? read.getRaster().getSample(x, y, 0)
        : read.getRGB(x, y) >> (16 - 8 * channel) & FULL;
  }

  private static byte[] written(BufferedImage pixels, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(pixels, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage read(byte[] bytes) throws IOException {
    // ImageIO's own streams would keep a file.
    return ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
  }
}
