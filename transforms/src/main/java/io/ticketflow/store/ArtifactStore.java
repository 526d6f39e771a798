package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.math.Sha256;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors on storage, in Avro files named by the SHA-256 of their bytes: {@code
 * artifacts/ab/SHA256.avro}. Equal content has equal bytes, so it is stored once.
 *
 * <p>What is read is checked against size and digest before any of it is used. Every method throws
 * {@link UncheckedIOException} naming the file if storage fails, and every reading one {@link
 * DamagedArtifactException} if an artifact is missing, altered or not well formed.
 */
public final class ArtifactStore {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BlobStore blobs;

  /** Artifacts among those files. */
  public ArtifactStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Stores the chunks that {@code content} appends. An artifact of the same content is replaced, so
   * storing again heals one that was damaged.
   */
  public ArtifactRef write(IoConsumer<ArtifactWriter> content) {
    HashedContent artifact = new HashedContent(out -> append(content, out));
    try {
      blobs.writeNamed(artifact, () -> artifact.ref().getPath());
      return artifact.ref();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void append(IoConsumer<ArtifactWriter> content, OutputStream out)
      throws IOException {
    ArtifactWriter writer = new ArtifactWriter(out);
    try {
      content.accept(writer);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.end();
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
   * The chunks of an artifact; close it.
   *
   * @throws DamagedArtifactException before any chunk is read, if size or digest differ
   */
  public ArtifactReader open(ArtifactRef ref) {
    verify(ref);
    String path = ref.getPath();
    try {
      return ArtifactReader.of(path, blobs.open(path));
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
   * Checks an artifact's size and digest.
   *
   * @throws DamagedArtifactException saying what differs
   */
  public void verify(ArtifactRef ref) {
    String path = ref.getPath();
    try {
      long bytes = blobs.size(path);
      if (bytes != ref.getBytes()) {
        throw new DamagedArtifactException(
            path, "has " + bytes + " bytes, expected " + ref.getBytes());
      }
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (IOException e) {
      throw failed(e);
    }
    String sha256 = content(path).getSha256();
    if (!sha256.equals(ref.getSha256())) {
      throw new DamagedArtifactException(
          path, "has SHA-256 " + sha256 + ", expected " + ref.getSha256());
    }
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
   * What a file holds now, whatever its name says; reads each of its bytes once.
   *
   * @throws DamagedArtifactException if there is none
   */
  public ArtifactRef content(String path) {
    try (InputStream in = blobs.open(path)) {
      long bytes = 0;
      MessageDigest digest = Sha256.digest();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        bytes += n;
      }
      return new ArtifactRef(path, Sha256.hex(digest.digest()), bytes);
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DamagedArtifactException missing(String path, NoSuchFileException e) {
    return new DamagedArtifactException(path, "is missing", e);
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(e.getMessage(), e);
  }
}
