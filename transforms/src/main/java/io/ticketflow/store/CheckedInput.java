package io.ticketflow.store;

import io.ticketflow.schemas.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * An artifact's plain form, of which each piece is checked before a byte of it is handed out: what
 * reads it need not fear what chance has made of a file.
 *
 * <p>Reading throws {@link DamagedArtifactException} where a piece is not what was written, is
 * missing or too much.
 */
final class CheckedInput extends InputStream {
  private final InputStream plain;
  private final ArtifactRef ref;
  private final Runnable verify;
  private final ByteBuffer checks;
  private final byte[] piece;

  /** Bytes of the pieces that are not read yet. */
  private long left;

  /** What of the piece is handed out next, from {@code at} to {@code end}. */
  private int at;

  private int end;

  /**
   * What is read of a stream, which it closes.
   *
   * @param ref with checks
   * @param verify called where a piece is wrong: throws what is wrong with all of the file, if
   *     anything is
   */
  CheckedInput(InputStream plain, ArtifactRef ref, Runnable verify) {
    this.plain = plain;
    this.ref = ref;
    this.verify = verify;
    this.checks = ArtifactRefs.checks(ref);
    this.left = ref.getBytes();
    this.piece = new byte[(int) Math.min(PieceChecks.PIECE, left)];
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? piece[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] out, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && length >= piece.length && left > 0) {
      return readPiece(out, from);
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(piece, at, out, from, count);
    at += count;
    return count;
  }

  /** Whether a byte of a piece is left; reads and checks the next piece if none of this one is. */
  private boolean hasMore() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = 0;
    end = readPiece(piece, 0);
    return end > 0;
  }

  /** Reads the next piece and checks it. Of a large one it is where it is wanted, at once. */
  private int readPiece(byte[] out, int from) throws IOException {
    int size = (int) Math.min(piece.length, left);
    boolean intact;
    try {
      intact =
          size == 0
              ? plain.read() < 0
              : plain.readNBytes(out, from, size) == size
                  && PieceChecks.of(out, from, size) == checks.getInt();
    } catch (IOException e) {
      verify.run();
      throw e;
    }
    if (!intact) {
      verify.run();
      throw new DamagedArtifactException(
          ref.getPath(),
          String.format(
              Locale.ROOT, "is not what was written from byte %d on", ref.getBytes() - left));
    }
    left -= size;
    return size;
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
