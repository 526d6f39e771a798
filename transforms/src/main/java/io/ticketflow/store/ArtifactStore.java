package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.packed.PlainForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors on storage, in Avro files: {@code artifacts/ab/SHA256.avro}. Equal content has equal
 * bytes in the plain form, an Avro file without a codec. Its SHA-256 is the name, so content is
 * stored once. A file with masks is packed by Avro's deflate; all sizes and digests here are those
 * of the plain form.
 *
 * <p>What is read is checked before it is used: piece by piece against the {@link PieceChecks
 * checks} of its reference, or all of it against size and digest if the reference has none. Every
 * method throws {@link UncheckedIOException} naming the file if storage fails, and every reading
 * one {@link DamagedArtifactException} if an artifact is missing, altered or not well formed.
 */
public final class ArtifactStore {
  private final BlobStore blobs;
  private final ArtifactCheck check;

  /** Artifacts among those files. */
  public ArtifactStore(BlobStore blobs) {
    this.blobs = blobs;
    this.check = new ArtifactCheck(blobs);
  }

  /**
   * Stores the chunks that {@code content} appends. An artifact of the same content is replaced, so
   * storing again heals one that was damaged.
   */
  public ArtifactRef write(IoConsumer<ArtifactWriter> content) {
    HashedContent artifact = new HashedContent(content);
    try {
      blobs.writeNamed(artifact, () -> artifact.ref().getPath());
      return artifact.ref();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Stores a network. Tensors with a mask are stored as the mask and the values that it keeps, all
   * others whole.
   *
   * @throws IllegalArgumentException naming the tensor, if a mask does not fit
   */
  public ArtifactRef save(TensorSet network, Masks masks) {
    masks.requireFit(network);
    return write(
        writer -> {
          for (Tensor tensor : network.tensors()) {
            Mask mask = masks.get(tensor.name());
            if (mask == null) {
              writer.append(tensor);
            } else {
              writer.append(tensor, mask);
            }
          }
        });
  }

  /**
   * Stores masks without values.
   *
   * @param network gives the order and the shapes
   */
  public PrunedMask saveMasks(TensorSet network, Masks masks) {
    masks.requireFit(network);
    LayerCounter layers = new LayerCounter();
    ArtifactRef ref =
        write(
            writer -> {
              for (Tensor tensor : network.tensors()) {
                Mask mask = masks.get(tensor.name());
                if (mask != null) {
                  writer.appendMask(tensor, mask, layers);
                }
              }
            });
    return PrunedMask.of(ref, layers.counts());
  }

  /**
   * The chunks of an artifact; close it. It hands out none that differs from what was written.
   *
   * @throws DamagedArtifactException if it is missing; before any chunk is read, if the reference
   *     has no checks and size or digest differ
   */
  public ArtifactReader open(ArtifactRef ref) {
    String path = ref.getPath();
    boolean checked = ArtifactRefs.areChecked(ref);
    if (!checked) {
      verify(ref);
    }
    try {
      InputStream plain = PlainForm.of(blobs.open(path));
      return ArtifactReader.of(
          path, checked ? new CheckedInput(plain, ref, () -> verify(ref)) : plain);
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A network with +0 where it is pruned. */
  public TensorSet load(ArtifactRef ref) {
    List<Tensor> tensors = new ArrayList<>();
    try (ArtifactReader chunks = open(ref)) {
      float[] values = {};
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        Span span = chunk.span();
        values = span.offset() == 0 ? new float[span.size()] : values;
        chunk.copyDense(values, span.offset());
        if (span.isLast()) {
          tensors.add(new Tensor(span.tensor(), span.role(), span.shape(), values));
        }
      }
    }
    return TensorSet.of(tensors);
  }

  /**
   * The masks of an artifact's prunable tensors by name, in its order; a full one where a prunable
   * tensor has none.
   */
  public Masks loadMasks(ArtifactRef ref) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    try (ArtifactReader chunks = open(ref)) {
      BitSet bits = new BitSet();
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        Span span = chunk.span();
        if (span.role() != TensorRole.PRUNABLE) {
          continue;
        }
        bits = span.offset() == 0 ? new BitSet(span.size()) : bits;
        for (int i = 0; i < span.count(); i++) {
          bits.set(span.offset() + i, chunk.keeps(i));
        }
        if (span.isLast()) {
          masks.put(span.tensor(), Mask.of(bits, span.size()));
        }
      }
    }
    return new Masks(masks);
  }

  /**
   * Checks an artifact's size and digest, which are those of its plain form: a packed file is
   * unpacked for it.
   *
   * @throws DamagedArtifactException saying what differs
   */
  public void verify(ArtifactRef ref) {
    check.verify(ref);
  }

  /**
   * Whether an artifact's file seems whole, at less cost than {@link #verify}: a file in the plain
   * form tells by its size, and only a packed one is read.
   */
  public boolean isPresent(ArtifactRef ref) {
    return check.isPresent(ref);
  }

  /** Whether an artifact is there as it was written. */
  public boolean isIntact(ArtifactRef ref) {
    try {
      verify(ref);
      return true;
    } catch (DamagedArtifactException e) {
      return false;
    }
  }

  /**
   * Copies an artifact from another store, unless it is here already.
   *
   * @throws DamagedArtifactException if it is missing or altered there; then nothing is copied
   */
  public void take(ArtifactRef ref, ArtifactStore from) {
    if (isIntact(ref)) {
      return;
    }
    from.verify(ref);
    try {
      blobs.copy(from.blobs, ref.getPath());
    } catch (NoSuchFileException e) {
      throw missing(ref.getPath(), e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * What a file holds now, whatever its name says: the plain form, or its bytes as they lie if it
   * has none. Reads each of them once, twice if it is a damaged packed one.
   *
   * @throws DamagedArtifactException if there is none
   */
  public ArtifactRef content(String path) {
    return check.content(path);
  }

  static DamagedArtifactException missing(String path, NoSuchFileException e) {
    return new DamagedArtifactException(path, "is missing", e);
  }

  static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(e.getMessage(), e);
  }
}
