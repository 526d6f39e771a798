package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.store.BlobStore;
import io.ticketflow.store.LocalBlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProgressTest {
  private static final String ACTION = "0a".repeat(32);

  @TempDir Path temp;

  @Test
  void readsAndRemovesItsOwnFilesAndNoOthers() throws IOException {
    BlobStore blobs = new LocalBlobs(temp);
    TrainingProgress progress =
        new TrainingProgress(
            ACTION, "imp", 1, 0, 3, 0, 4, 0.5, null, 100.0, TrainingProgress.State.RUNNING);
    progress.write(blobs);
    Path folder = temp.resolve("progress");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("a.json"), "mine");
    Files.createDirectories(folder.resolve("old"));
    Files.writeString(folder.resolve("old/" + ACTION + ".json"), "mine");

    assertThat(TrainingProgress.readAll(blobs)).containsExactly(progress);
    TrainingProgress.clear(blobs);
    assertThat(TrainingProgress.readAll(blobs)).isEmpty();
    assertThat(blobs.list("progress"))
        .containsExactly(
            "progress/a.json", "progress/notes.txt", "progress/old/" + ACTION + ".json");
  }
}
