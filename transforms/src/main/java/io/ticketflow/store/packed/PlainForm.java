package io.ticketflow.store.packed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * The plain form of a packed file: the bytes of the same blocks in an Avro file without a codec.
 *
 * <p>Reading throws {@link DamagedFormException} where the packed file is cut short or altered so
 * that it stands for no plain one, and never makes room for more than {@value #MAX_BLOCK} bytes.
 */
public final class PlainForm extends InputStream {
  /** Bytes of a block, packed or plain; artifacts' have less than a tenth of it. */
  private static final int MAX_BLOCK = 1 << 24;

  /** Before a block's bytes: two numbers of Avro's, of at most ten bytes each. */
  private static final int ROOM = 20;

  private final PushbackInputStream packed;
  private final Decoder numbers;
  private final byte[] sync;
  private final Inflater inflater = new Inflater(true);

  private byte[] deflated = {};

  /** What comes next, from {@code at} to {@code end}. */
  private byte[] plain;

  private int at;
  private int end;

  private PlainForm(InputStream file, PackedHeader header) {
    this.packed = new PushbackInputStream(file);
    this.numbers = DecoderFactory.get().directBinaryDecoder(packed, null);
    this.sync = header.sync();
    this.plain = header.plain();
    this.end = plain.length;
  }

  /**
   * The plain form of a file, packed or plain; of anything else its bytes as they are.
   *
   * @param file closed with what comes out, or at once if it cannot be read
   */
  public static InputStream of(InputStream file) throws IOException {
    byte[] beginning;
    try {
      beginning = file.readNBytes(PackedHeader.MAX_BYTES);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    Optional<PackedHeader> header = PackedHeader.of(beginning);
    int from = header.map(PackedHeader::size).orElse(0);
    InputStream whole =
        new SequenceInputStream(
            new ByteArrayInputStream(beginning, from, beginning.length - from), file);
    return header.<InputStream>map(packed -> new PlainForm(whole, packed)).orElse(whole);
  }

  /** Whether a file is a packed one, by its beginning, which is read. */
  public static boolean isPacked(InputStream file) throws IOException {
    return PackedHeader.of(file.readNBytes(PackedHeader.MAX_BYTES)).isPresent();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int from, int length) throws IOException {
    while (at == end) {
      if (!hasBlock()) {
        return -1;
      }
    }
    int count = Math.min(length, end - at);
    System.arraycopy(plain, at, out, from, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }

  /** Makes the next block plain, if there is one. */
  private boolean hasBlock() throws IOException {
    int first = packed.read();
    if (first < 0) {
      return false;
    }
    packed.unread(first);
    try {
      long records = numbers.readLong();
      inflate(bytes(numbers.readLong()));
      at = ROOM - writeHead(records, end - ROOM);
      int marker = bytes(sync.length);
      if (!Arrays.equals(deflated, 0, marker, sync, 0, marker)) {
        throw new DamagedFormException("a block does not end in its marker");
      }
    } catch (EOFException | InvalidNumberEncodingException e) {
      throw new DamagedFormException("a block is cut short");
    }
    plain = Arrays.copyOf(plain, Math.max(plain.length, end + sync.length));
    System.arraycopy(sync, 0, plain, end, sync.length);
    end += sync.length;
    return true;
  }

  /** Of the packed file, into {@code deflated}. */
  private int bytes(long count) throws IOException {
    if (count < 0 || count > MAX_BLOCK) {
      throw new DamagedFormException("a block says that it has " + count + " bytes");
    }
    if (count > deflated.length) {
      deflated = new byte[(int) count];
    }
    if (packed.readNBytes(deflated, 0, (int) count) < count) {
      throw new EOFException();
    }
    return (int) count;
  }

  private void inflate(int count) throws IOException {
    inflater.reset();
    inflater.setInput(deflated, 0, count);
    end = ROOM;
    try {
      while (!inflater.finished()) {
        if (end >= plain.length) {
          plain = Arrays.copyOf(plain, Math.max(2 * end, ROOM + count));
        }
        int more = inflater.inflate(plain, end, plain.length - end);
        end += more;
        if (end > MAX_BLOCK || (more == 0 && !inflater.finished() && end < plain.length)) {
          throw new DamagedFormException("a block does not end");
        }
      }
    } catch (DataFormatException e) {
      throw new DamagedFormException("a block is not well formed: " + e.getMessage());
    }
    if (inflater.getRemaining() > 0) {
      throw new DamagedFormException("a block goes on after its end");
    }
  }

  /** Puts the two numbers that a block begins with before its bytes, and tells their length. */
  private int writeHead(long records, int bytes) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(ROOM);
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(head, null);
    out.writeLong(records);
    out.writeLong(bytes);
    System.arraycopy(head.toByteArray(), 0, plain, ROOM - head.size(), head.size());
    return head.size();
  }
}
