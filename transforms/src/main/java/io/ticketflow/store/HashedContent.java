package io.ticketflow.store;

import io.ticketflow.schemas.ArtifactRef;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** An artifact's content that, once written, says what the artifact is called. */
final class HashedContent implements IoConsumer<OutputStream> {
  private final IoConsumer<ArtifactWriter> content;
  private Optional<ArtifactRef> ref = Optional.empty();

  HashedContent(IoConsumer<ArtifactWriter> content) {
    this.content = content;
  }

  @Override
  public void accept(OutputStream file) throws IOException {
    ArtifactWriter writer = new ArtifactWriter(file);
    try {
      content.accept(writer);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    ref = Optional.of(writer.end());
  }

  /** Of what was written. */
  ArtifactRef ref() {
    return ref.orElseThrow();
  }
}
