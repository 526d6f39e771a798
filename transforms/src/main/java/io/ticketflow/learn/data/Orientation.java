package io.ticketflow.learn.data;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How a picture's rows and columns lie, as EXIF's tag 274 counts: which camera was held how.
 *
 * @param number 1 to 8; 1 is upright
 */
record Orientation(int number) {
  private static final Orientation UPRIGHT = new Orientation(1);
  private static final int LAST = 8;

  /**
   * Of a JPEG, PNG or TIFF file. A picture without EXIF data, or with such that cannot be read, is
   * upright. Leaves the stream where it was.
   */
  static Orientation of(ImageInputStream in, String format) throws IOException {
    in.mark();
    try {
      return exif(in, format.toLowerCase(Locale.ROOT)).map(Orientation::read).orElse(UPRIGHT);
    } catch (IOException | RuntimeException e) {
      return UPRIGHT; // what is wrong with the picture itself, its decoder says
    } finally {
      in.reset();
    }
  }

  private static Orientation read(ImageInputStream exif) {
    try (exif) {
      Entry entry = new TIFFReader().read(exif).getEntryById(TIFF.TAG_ORIENTATION);
      return entry != null
              && entry.getValue() instanceof Number number
              && number.intValue() >= 1
              && number.intValue() <= LAST
          ? new Orientation(number.intValue())
          : UPRIGHT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ImageInputStream> exif(ImageInputStream in, String format)
      throws IOException {
    return switch (format) {
      case "jpg", "jpeg" -> {
        List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(in, JPEG.APP1, "Exif");
        if (segments.isEmpty()) {
          yield Optional.empty();
        }
        InputStream data = segments.get(0).data();
        data.skipNBytes(1); // the second of the two zeros after its name
        yield Optional.of(new MemoryCacheImageInputStream(data));
      }
      case PngChunks.FORMAT ->
          PngChunks.find(in, "eXIf")
              .map(content -> new MemoryCacheImageInputStream(new ByteArrayInputStream(content)));
      case "tif", "tiff" -> {
        byte[] whole = new byte[Math.toIntExact(in.length())];
        in.readFully(whole);
        yield Optional.of(new MemoryCacheImageInputStream(new ByteArrayInputStream(whole)));
      }
      default -> Optional.empty();
    };
  }

  /** The picture turned and mirrored so that its first row is at the top. */
  ImageFile upright(ImageFile stored) {
    if (number == 1) {
      return stored;
    }
    int width = stored.width();
    int height = stored.height();
    boolean swaps = number > 4;
    ImageFile upright =
        new ImageFile(
            stored.channels(),
            swaps ? width : height,
            swaps ? height : width,
            new int[stored.levels().length]);
    int plane = width * height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int to = place(x, y, width, height);
        for (int channel = 0; channel < stored.channels(); channel++) {
          upright.levels()[channel * plane + to] = stored.levels()[channel * plane + y * width + x];
        }
      }
    }
    return upright;
  }

  /** Where a stored pixel goes, counted row by row. */
  private int place(int x, int y, int width, int height) {
    int right = width - 1 - x;
    int below = height - 1 - y;
    return switch (number) {
      case 1 -> y * width + x;
      case 2 -> y * width + right;
      case 3 -> below * width + right;
      case 4 -> below * width + x;
      case 5 -> x * height + y;
      case 6 -> x * height + below;
      case 7 -> right * height + below;
      case 8 -> right * height + y;
      default -> throw new IllegalStateException("an orientation is 1 to 8, got " + number);
    };
  }
}
