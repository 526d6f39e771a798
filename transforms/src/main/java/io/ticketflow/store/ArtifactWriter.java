package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Tensor;
import io.ticketflow.schemas.TensorRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.file.DataFileWriter;

/** Takes the chunks of one artifact, tensor by tensor, each in ascending offsets. */
public final class ArtifactWriter {
  private final DataFileWriter<TensorRecord> out;
  private final ChunkOrder order = new ChunkOrder();

  ArtifactWriter(OutputStream out) throws IOException {
    this.out = ContainerFiles.writer(TensorRecord.class, out);
  }

  /**
   * Appends a chunk.
   *
   * @throws IllegalArgumentException naming the tensor, if another chunk had to come
   * @throws UncheckedIOException if storage fails; the store catches it to name the file
   */
  public void append(Chunk chunk) {
    order.accept(chunk);
    try {
      out.append(chunk.toRecord());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends a whole tensor without a mask. */
  public void append(Tensor tensor) {
    append(tensor, Optional.empty());
  }

  /** Appends a whole tensor as the mask and the values that it keeps. */
  public void append(Tensor tensor, Mask mask) {
    append(tensor, Optional.of(mask));
  }

  /** Appends the mask of a whole tensor, without values. */
  void appendMask(Tensor tensor, Mask mask, LayerCounter layers) {
    Span span = Span.first(tensor.name(), tensor.role(), tensor.shape());
    while (true) {
      Mask part = Chunk.cut(span, tensor.values(), Optional.of(mask)).mask().orElseThrow();
      append(Chunk.ofMask(span, part));
      layers.add(span, part);
      if (span.isLast()) {
        return;
      }
      span = span.next();
    }
  }

  private void append(Tensor tensor, Optional<Mask> mask) {
    Span span = Span.first(tensor.name(), tensor.role(), tensor.shape());
    append(Chunk.cut(span, tensor.values(), mask));
    while (!span.isLast()) {
      span = span.next();
      append(Chunk.cut(span, tensor.values(), mask));
    }
  }

  void end() throws IOException {
    order.end();
    out.flush();
  }
}
