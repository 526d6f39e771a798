package io.ticketflow.store.remote;

import io.ticketflow.store.IoConsumer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What is to be sent, whole, in a local temporary file: so that nothing half-made is ever sent, and
 * all of it can be sent again. The file is deleted as soon as it is open, where the system can do
 * that, and goes with the process however that ends.
 */
final class Spool implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel file;

  private Spool(FileChannel file) {
    this.file = file;
  }

  static Spool of(IoConsumer<OutputStream> content) throws IOException {
    Path path = Files.createTempFile("ticketflow-", ".upload");
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    Spool spool = new Spool(file);
    boolean written = false;
    try {
      BufferedOutputStream out =
          new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
      content.accept(out);
      out.flush();
      written = true;
      return spool;
    } finally {
      if (!written) {
        spool.close();
      }
    }
  }

  /** Everything, from its beginning. */
  void copyTo(WritableByteChannel target) throws IOException {
    file.position(0);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (file.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
      buffer.clear();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
