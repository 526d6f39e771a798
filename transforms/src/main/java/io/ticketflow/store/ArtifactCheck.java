package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.packed.DamagedFormException;
import io.ticketflow.store.packed.PlainForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;

/** What artifacts' files hold, packed or plain, against what is said of them. */
final class ArtifactCheck {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BlobStore blobs;

  ArtifactCheck(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** As {@link ArtifactStore#verify} has it. */
  void verify(ArtifactRef ref) {
    String path = ref.getPath();
    try {
      ArtifactRef found = plain(path);
      // Of an altered packed file its size says nothing.
      if (found.getBytes() != ref.getBytes() && found.getBytes() == blobs.size(path)) {
        throw new DamagedArtifactException(
            path, "has " + found.getBytes() + " bytes, expected " + ref.getBytes());
      }
      if (!found.getSha256().equals(ref.getSha256())) {
        throw altered(ref, found);
      }
    } catch (DamagedFormException e) {
      throw altered(ref, asItLies(path));
    } catch (NoSuchFileException e) {
      throw ArtifactStore.missing(path, e);
    } catch (IOException e) {
      throw ArtifactStore.failed(e);
    }
  }

  /** As {@link ArtifactStore#isPresent} has it. */
  boolean isPresent(ArtifactRef ref) {
    String path = ref.getPath();
    try {
      if (blobs.size(path) == ref.getBytes()) {
        return true;
      }
      try (InputStream in = blobs.open(path)) {
        return PlainForm.isPacked(in) && ArtifactRefs.isSame(plain(path), ref);
      }
    } catch (DamagedFormException | NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw ArtifactStore.failed(e);
    }
  }

  /** As {@link ArtifactStore#content} has it. */
  ArtifactRef content(String path) {
    try {
      return plain(path);
    } catch (DamagedFormException e) {
      return asItLies(path);
    } catch (NoSuchFileException e) {
      throw ArtifactStore.missing(path, e);
    } catch (IOException e) {
      throw ArtifactStore.failed(e);
    }
  }

  private ArtifactRef asItLies(String path) {
    try (InputStream in = blobs.open(path)) {
      return digest(path, in);
    } catch (NoSuchFileException e) {
      throw ArtifactStore.missing(path, e);
    } catch (IOException e) {
      throw ArtifactStore.failed(e);
    }
  }

  private ArtifactRef plain(String path) throws IOException {
    try (InputStream in = PlainForm.of(blobs.open(path))) {
      return digest(path, in);
    }
  }

  private static ArtifactRef digest(String path, InputStream in) throws IOException {
    long bytes = 0;
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      bytes += n;
    }
    return ArtifactRefs.unchecked(path, Sha256.hex(digest.digest()), bytes);
  }

  private static DamagedArtifactException altered(ArtifactRef ref, ArtifactRef found) {
    return new DamagedArtifactException(
        ref.getPath(), "has SHA-256 " + found.getSha256() + ", expected " + ref.getSha256());
  }
}
