package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import io.ticketflow.schemas.ArtifactRef;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** An artifact's content that, once written, says what the artifact is called. */
final class HashedContent implements IoConsumer<OutputStream> {
  private final IoConsumer<OutputStream> content;
  private Optional<ArtifactRef> ref = Optional.empty();

  HashedContent(IoConsumer<OutputStream> content) {
    this.content = content;
  }

  @Override
  public void accept(OutputStream out) throws IOException {
    Hashing hashing = new Hashing(out);
    content.accept(hashing);
    String sha256 = Sha256.hex(hashing.digest.digest());
    String path = "artifacts/" + sha256.substring(0, 2) + "/" + sha256 + ".avro";
    ref = Optional.of(new ArtifactRef(path, sha256, hashing.bytes));
  }

  /** Of what was written. */
  ArtifactRef ref() {
    return ref.orElseThrow();
  }

  private static final class Hashing extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;

    Hashing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      digest.update((byte) value);
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws IOException {
      out.write(buffer, from, length);
      digest.update(buffer, from, length);
      bytes += length;
    }
  }
}
