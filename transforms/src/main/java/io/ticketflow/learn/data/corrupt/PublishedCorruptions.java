package io.ticketflow.learn.data.corrupt;

import io.ticketflow.learn.data.Images;
import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.spec.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Corrupted images as CIFAR-10-C and CIFAR-100-C are published: a file a corruption, such as
 * motion_blur.npy, of bytes N × height × width × channels, in which the first fifth is severity 1
 * and the last severity 5, and labels.npy.
 */
public final class PublishedCorruptions {
  private static final int SEVERITIES = 5;

  private PublishedCorruptions() {}

  /**
   * Those of a severity; the file's other parts are not read.
   *
   * @param severity from 1 to 5
   * @param clean the test split, whose size and classes they must have
   * @throws UserException naming the file, if it is missing, damaged, or of another size
   */
  public static Images read(Path folder, Corruption corruption, int severity, Images clean) {
    NpyFile images = NpyFile.open(images(folder, corruption));
    NpyFile labels = NpyFile.open(labels(folder));
    List<Long> wanted =
        List.of(
            images.rows(), (long) clean.height(), (long) clean.width(), (long) clean.channels());
    if (!images.type().endsWith("u1") || !images.shape().equals(wanted)) {
      throw UserException.of(
          "%s holds %s of shape %s; bytes (|u1) of images of %d × %d × %d are needed.",
          images.file(),
          images.type(),
          images.shape(),
          clean.height(),
          clean.width(),
          clean.channels());
    }
    if (labels.rows() != images.rows() || labels.shape().size() != 1) {
      throw UserException.of(
          "%s has %d labels for the %d images of %s.",
          labels.file(), labels.rows(), images.rows(), images.file());
    }
    int count = Math.toIntExact(images.rows() / SEVERITIES);
    long from = (long) (severity - 1) * count;
    return new Images(
        clean.channels(),
        clean.height(),
        clean.width(),
        clean.classes(),
        channelsFirst(images.read(from, count), count, clean),
        labels(labels, from, count, clean.classes()));
  }

  /**
   * What tells a folder's images of a corruption from others, wherever it lies.
   *
   * @throws UserException naming the file, if it is missing or cannot be read
   */
  public static String digest(Path folder, Corruption corruption) {
    return NpyFile.digest(images(folder, corruption)) + NpyFile.digest(labels(folder));
  }

  private static Path images(Path folder, Corruption corruption) {
    return folder.resolve(corruption.label().replace('-', '_') + ".npy");
  }

  private static Path labels(Path folder) {
    return folder.resolve("labels.npy");
  }

  private static byte[] channelsFirst(byte[] pixels, int count, Images like) {
    int size = like.height() * like.width();
    byte[] turned = new byte[pixels.length];
    for (int image = 0; image < count; image++) {
      int start = image * like.imageSize();
      for (int at = 0; at < size; at++) {
        for (int c = 0; c < like.channels(); c++) {
          turned[start + c * size + at] = pixels[start + at * like.channels() + c];
        }
      }
    }
    return turned;
  }

  private static int[] labels(NpyFile file, long from, int count, int classes) {
    int bytes = file.entryBytes();
    if (!file.type().matches("[|<][iu][1248]")) {
      throw UserException.of("%s holds %s, not whole numbers.", file.file(), file.type());
    }
    ByteBuffer read = ByteBuffer.wrap(file.read(from, count)).order(ByteOrder.LITTLE_ENDIAN);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = read.get(i * bytes) & 0xFF; // the lowest byte: there are no more classes
      if (labels[i] >= classes) {
        throw UserException.of(
            "%s has label %d, but there are %d classes.", file.file(), labels[i], classes);
      }
    }
    return labels;
  }
}
