package io.ticketflow.learn.data;

import io.ticketflow.math.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The SHA-256 of decoded images, the same whatever files they came from. */
final class ContentDigest {
  private static final int CHUNK = 1 << 14;

  private ContentDigest() {}

  /**
   * In lower-case hexadecimal: of each in turn the big-endian ints channels, height, width,
   * classes, count, then its pixels, then its labels as big-endian ints.
   */
  static String of(Images... parts) {
    MessageDigest digest = Sha256.digest();
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
    return Sha256.hex(digest.digest());
  }
}
