package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Tensor;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.file.DataFileWriter;

/**
 * Takes the chunks of one artifact, tensor by tensor, each in ascending offsets.
 *
 * <p>An artifact with a mask among its first {@value #FIRST_ENTRIES} entries is packed: masks
 * shrink, floats do not. Others lie on storage in their plain form. The digest is that of the plain
 * form either way, so that it does not depend on a compressor's version.
 */
public final class ArtifactWriter {
  /** Held back until a mask comes; first layers that are not pruned are smaller. */
  private static final int FIRST_ENTRIES = 1 << 20;

  private final OutputStream file;
  private final ChunkOrder order = new ChunkOrder();
  private final List<TensorRecord> held = new ArrayList<>();
  private long heldEntries;
  private Optional<Forms> begun = Optional.empty();

  /** The plain form, and the packed one if it is that which reaches the file. */
  private record Forms(HashedOutput hashed, List<DataFileWriter<TensorRecord>> writers) {
    static Forms plain(OutputStream file) throws IOException {
      HashedOutput hashed = new HashedOutput(file);
      return new Forms(hashed, List.of(ContainerFiles.writer(TensorRecord.class, hashed)));
    }

    static Forms packed(OutputStream file) throws IOException {
      HashedOutput hashed = new HashedOutput(OutputStream.nullOutputStream());
      return new Forms(
          hashed,
          List.of(
              ContainerFiles.writer(TensorRecord.class, hashed),
              ContainerFiles.packer(TensorRecord.class, file)));
    }
  }

  ArtifactWriter(OutputStream file) {
    this.file = file;
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
      // What is held must not be read over meanwhile.
      held.add(begun.isPresent() ? chunk.asRecord() : chunk.toRecord());
      heldEntries += chunk.span().count();
      if (begun.isPresent() || chunk.mask().isPresent() || heldEntries >= FIRST_ENTRIES) {
        writeHeld(chunk.mask().isPresent());
      }
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

  private Forms writeHeld(boolean masked) throws IOException {
    if (begun.isEmpty()) {
      begun = Optional.of(masked ? Forms.packed(file) : Forms.plain(file));
    }
    Forms forms = begun.get();
    for (DataFileWriter<TensorRecord> writer : forms.writers()) {
      for (TensorRecord record : held) {
        writer.append(record);
      }
    }
    held.clear();
    return forms;
  }

  /** Ends the file, without closing it, and says what the artifact is called. */
  ArtifactRef end() throws IOException {
    order.end();
    Forms forms = writeHeld(false);
    for (DataFileWriter<TensorRecord> writer : forms.writers()) {
      writer.flush();
    }
    return forms.hashed().ref();
  }
}
