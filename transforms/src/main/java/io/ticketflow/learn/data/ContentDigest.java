package io.ticketflow.learn.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of decoded images, the same whatever files they came from. */
final class ContentDigest {
  private static final int CHUNK = 1 << 14;

  private ContentDigest() {}

  /**
   * In lower-case hexadecimal: of each in turn the big-endian ints channels, height, width,
   * classes, count, then its pixels, then its labels as big-endian ints.
   */
  static String of(Images... parts) {
    MessageDigest digest = sha256();
    for (Images images : parts) {
      ByteBuffer header = ByteBuffer.allocate(5 * Integer.BYTES);
      header.putInt(images.channels()).putInt(images.height()).putInt(images.width());
      header.putInt(images.classes()).putInt(images.count());
      digest.update(header.flip());
      digest.update(images.pixels());
      ByteBuffer labels = ByteBuffer.allocate(CHUNK * Integer.BYTES);
      for (int label : images.labels()) {
        if (!labels.hasRemaining()) {
          digest.update(labels.flip());
          labels.clear();
        }
        labels.putInt(label);
      }
      digest.update(labels.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
