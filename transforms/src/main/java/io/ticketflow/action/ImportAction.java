package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A network of another output, copied into this one. */
public final class ImportAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("import", 1);

  private ImportAction() {}

  /**
   * The same artifact here. Its failure names the other output and its file that is missing or
   * damaged.
   */
  public static Action<ArtifactResult> of(InputRecord input, ArtifactRef artifact) {
    // Where it comes from does not matter: its digest says what it is.
    return ArtifactAction.of(KIND, Map.of(), List.of(artifact), at -> copied(at, input, artifact));
  }

  private static ArtifactRef copied(Attempt at, InputRecord input, ArtifactRef artifact) {
    BlobStore there = Blobs.at(input.getOutput());
    verify(new ArtifactStore(there), input, artifact); // what is not there whole is not copied
    try (InputStream in = there.open(artifact.getPath())) {
      at.place().blobs().write(artifact.getPath(), in::transferTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return artifact;
  }

  private static void verify(ArtifactStore from, InputRecord input, ArtifactRef artifact) {
    try {
      from.verify(artifact);
    } catch (DamagedArtifactException e) {
      throw UserException.of(
          "input run %s of %s is damaged: %s", input.getRun(), input.getOutput(), e.getMessage());
    }
  }
}
