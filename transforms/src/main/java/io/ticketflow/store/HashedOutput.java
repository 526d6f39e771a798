package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import io.ticketflow.schemas.ArtifactRef;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** An artifact's plain form on its way, which says in the end what the artifact is called. */
final class HashedOutput extends FilterOutputStream {
  private final MessageDigest digest = Sha256.digest();
  private final PieceChecks checks = new PieceChecks();
  private long bytes;

  HashedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int from, int length) throws IOException {
    out.write(buffer, from, length);
    digest.update(buffer, from, length);
    checks.add(buffer, from, length);
    bytes += length;
  }

  /** Of what was written; asked for once. */
  ArtifactRef ref() {
    String sha256 = Sha256.hex(digest.digest());
    String path = "artifacts/" + sha256.substring(0, 2) + "/" + sha256 + ".avro";
    return new ArtifactRef(path, sha256, bytes, checks.checks());
  }
}
