package io.ticketflow.store.packed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DeflateCodec;

/**
 * Avro's deflate for blocks in which masks and floats follow one another: what Huffman codes
 * shorten, masks, is coded, and the rest is stored as it is.
 *
 * <p>No repetitions are looked for. A mask whose entries are kept by chance has none: with them
 * zlib is 10 times slower, and its files are larger. Floats would shrink by a tenth, and then take
 * more than ten times as long to write and to read.
 */
public final class HuffmanDeflate extends DeflateCodec {
  /** Coded or stored as one. */
  private static final int PIECE = 1 << 12;

  /** What a piece is judged by: its first bytes. */
  private static final int SAMPLE = 1 << 10;

  /**
   * Bits of entropy in a byte of the sample below which a piece is coded. Masks have less that keep
   * or prune at most a quarter. Floats whose mantissas are random have 6.6 at least, as a sample
   * tells it: three bytes of four.
   */
  private static final double WORTHWHILE = 6.5;

  /** The longest that a stored block of deflate can be. */
  private static final int STORED = (1 << 16) - 1;

  /** Of n, n log2 n: a sample's entropy is a sum of these. */
  private static final double[] WEIGHTED_LOGS = weightedLogs();

  private HuffmanDeflate() {
    super(Deflater.DEFAULT_COMPRESSION);
  }

  /** Makes such codecs for Avro's writers. */
  public static CodecFactory factory() {
    return new CodecFactory() {
      @Override
      protected Codec createInstance() {
        return new HuffmanDeflate();
      }
    };
  }

  @Override
  public ByteBuffer compress(ByteBuffer block) {
    byte[] plain = block.array();
    int from = block.arrayOffset() + block.position();
    int end = from + block.remaining();
    ByteArrayOutputStream packed = new ByteArrayOutputStream(block.remaining() / 2 + PIECE);
    byte[] room = new byte[PIECE];
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      // The call that sets a strategy does not flush.
      drain(deflater, Deflater.NO_FLUSH, room, packed);
      while (from < end) {
        boolean coded = isWorthwhile(plain, from, end);
        int to = Math.min(end, from + PIECE);
        while (to < end && isWorthwhile(plain, to, end) == coded) {
          to = Math.min(end, to + PIECE);
        }
        if (coded) {
          code(deflater, plain, from, to, room, packed);
        } else {
          store(plain, from, to, packed);
        }
        from = to;
      }
      deflater.finish();
      drain(deflater, Deflater.NO_FLUSH, room, packed);
    } finally {
      deflater.end();
    }
    return ByteBuffer.wrap(packed.toByteArray());
  }

  /** Appends blocks of Huffman codes, up to a whole byte. */
  private static void code(
      Deflater deflater, byte[] plain, int from, int to, byte[] room, ByteArrayOutputStream out) {
    deflater.setInput(plain, from, to - from);
    drain(deflater, Deflater.SYNC_FLUSH, room, out);
  }

  private static void drain(Deflater deflater, int flush, byte[] room, ByteArrayOutputStream out) {
    int count = room.length;
    while (count == room.length) {
      count = deflater.deflate(room, 0, room.length, flush);
      out.write(room, 0, count);
    }
  }

  /**
   * Appends stored blocks, as RFC 1951, 3.2.4 has them; between the deflater's, it need not know.
   */
  private static void store(byte[] plain, int from, int to, ByteArrayOutputStream out) {
    for (int at = from; at < to; at += STORED) {
      int count = Math.min(STORED, to - at);
      out.write(0);
      for (int length : new int[] {count, ~count}) {
        out.write(length);
        out.write(length >>> Byte.SIZE);
      }
      out.write(plain, at, count);
    }
  }

  private static boolean isWorthwhile(byte[] plain, int from, int end) {
    int size = Math.min(SAMPLE, end - from);
    int[] counts = new int[1 << Byte.SIZE];
    for (int i = from; i < from + size; i++) {
      counts[plain[i] & 0xFF]++;
    }
    double bits = WEIGHTED_LOGS[size];
    for (int count : counts) {
      bits -= WEIGHTED_LOGS[count];
    }
    return bits < WORTHWHILE * size;
  }

  private static double[] weightedLogs() {
    double[] logs = new double[SAMPLE + 1];
    for (int n = 1; n <= SAMPLE; n++) {
      logs[n] = n * Math.log(n) / Math.log(2);
    }
    return logs;
  }
}
