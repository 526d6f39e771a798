package io.ticketflow.store.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of an object; after a broken connection it goes on where it was. */
final class ObjectInput extends InputStream {
  /** Opens the object from its start. */
  interface Opener {
    ReadableByteChannel open() throws IOException;
  }

  private final String file;
  private final Retries retries;
  private final Opener opener;
  private @Nullable ReadableByteChannel channel;
  private long position;

  private ObjectInput(String file, Retries retries, Opener opener) {
    this.file = file;
    this.retries = retries;
    this.opener = opener;
  }

  /** Opens it now, so that a missing one is told at once. */
  static ObjectInput open(String file, Retries retries, Opener opener) throws IOException {
    ObjectInput in = new ObjectInput(file, retries, opener);
    retries.take("read", file, in::channel);
    return in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = retries.take("read", file, () -> tryRead(ByteBuffer.wrap(bytes, from, length)));
    position += Math.max(count, 0);
    return count;
  }

  private int tryRead(ByteBuffer target) throws IOException {
    try {
      int count;
      do {
        count = channel().read(target);
      } while (count == 0);
      return count;
    } catch (IOException | RuntimeException e) {
      drop(e);
      throw e;
    }
  }

  private ReadableByteChannel channel() throws IOException {
    ReadableByteChannel open = channel;
    if (open == null) {
      open = opener.open();
      if (position > 0) {
        ((SeekableByteChannel) open).position(position);
      }
      channel = open;
    }
    return open;
  }

  private void drop(Exception why) {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    ReadableByteChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
