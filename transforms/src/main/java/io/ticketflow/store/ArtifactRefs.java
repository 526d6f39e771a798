package io.ticketflow.store;

import io.ticketflow.schemas.ArtifactRef;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** References to artifacts. */
public final class ArtifactRefs {
  private ArtifactRefs() {}

  /** A reference without checks of pieces: whoever reads the artifact reads it twice. */
  public static ArtifactRef unchecked(String path, String sha256, long bytes) {
    return new ArtifactRef(path, sha256, bytes, ByteBuffer.allocate(0));
  }

  /** Whether both are of the same content. */
  static boolean isSame(ArtifactRef one, ArtifactRef other) {
    return one.getSha256().equals(other.getSha256()) && one.getBytes() == other.getBytes();
  }

  /** Whether it has the checks of all pieces. */
  static boolean areChecked(ArtifactRef ref) {
    return ref.getBytes() > 0
        && ref.getChecks().remaining() == Integer.BYTES * PieceChecks.pieces(ref.getBytes());
  }

  /** The checks of its pieces, in order, as a reader takes them. */
  static ByteBuffer checks(ArtifactRef ref) {
    return ref.getChecks().duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
