package io.ticketflow.store;

import io.ticketflow.schemas.TensorRecord;
import io.ticketflow.schemas.TensorRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The records of an artifact's file. Values are not copied: they lie in the file's block, which the
 * next call reads over. Methods throw {@link AvroRuntimeException} if the file is not well formed.
 */
final class TensorFile implements AutoCloseable {
  private static final TensorRole[] ROLES = TensorRole.values();

  private final DataFileStream<TensorRecord> file;

  /** Whether its schema is this program's, so that nothing has to be resolved. */
  private final boolean own;

  private ByteBuffer block = ByteBuffer.allocate(0);
  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private long left;

  /** The records of a stream, which is closed with them. */
  TensorFile(InputStream in) throws IOException {
    this.file = ContainerFiles.reader(TensorRecord.class, in);
    this.own = file.getSchema().equals(FileForm.of(TensorRecord.class).schema());
  }

  boolean hasNext() {
    return left > 0 || file.hasNext();
  }

  TensorRecord next() {
    if (!own) {
      return file.next();
    }
    try {
      if (left == 0) {
        block = file.nextBlock();
        left = file.getBlockCount();
        decoder =
            DecoderFactory.get()
                .binaryDecoder(
                    block.array(),
                    block.arrayOffset() + block.position(),
                    block.remaining(),
                    decoder);
      }
      TensorRecord record = record();
      left--;
      if (left == 0 && !decoder.isEnd()) {
        throw new AvroRuntimeException("a block goes on after its last record");
      }
      return record;
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new AvroRuntimeException(e);
    }
  }

  private TensorRecord record() throws IOException {
    String name = decoder.readString();
    TensorRole role = ROLES[decoder.readEnum()];
    List<Long> shape = new ArrayList<>();
    for (long count = decoder.readArrayStart(); count > 0; count = decoder.arrayNext()) {
      for (long i = 0; i < count; i++) {
        shape.add(decoder.readLong());
      }
    }
    long offset = decoder.readLong();
    int count = decoder.readInt();
    ByteBuffer mask = decoder.readIndex() == 0 ? null : decoder.readBytes(null);
    return new TensorRecord(name, role, shape, offset, count, mask, values());
  }

  private ByteBuffer values() throws IOException {
    int length = decoder.readInt(); // as bytes begin
    int from = block.limit() - decoder.inputStream().available();
    decoder.skipFixed(length);
    return block.slice(from, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
