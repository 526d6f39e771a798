package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.store.BlobStore;
import io.ticketflow.store.LocalBlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProgressTest {
  private static final String ACTION = "0a".repeat(32);

  @TempDir Path temp;

  @Test
  void readsAndRemovesItsOwnFilesAndNoOthers() throws IOException {
    BlobStore blobs = new LocalBlobs(temp);
    TrainingProgress progress = progress(ACTION, 3, TrainingProgress.State.RUNNING);
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

  @Test
  void whoLooksAgainReadsWhatHadNotEnded() throws IOException {
    BlobStore blobs = new LocalBlobs(temp);
    TrainingProgress done = progress(ACTION, 4, TrainingProgress.State.DONE);
    String other = ACTION.replace('a', 'b');
    done.write(blobs);
    progress(other, 1, TrainingProgress.State.RUNNING).write(blobs);
    Map<String, TrainingProgress> ended = new HashMap<>();
    assertThat(TrainingProgress.readAll(blobs, ended)).hasSize(2).contains(done);

    Files.writeString(temp.resolve("progress/" + ACTION + ".json"), "not read");
    TrainingProgress failed = progress(other, 2, TrainingProgress.State.FAILED);
    failed.write(blobs);
    assertThat(TrainingProgress.readAll(blobs, ended)).containsExactly(done, failed);
    TrainingProgress again = progress(other, 3, TrainingProgress.State.RUNNING);
    again.write(blobs);
    assertThat(TrainingProgress.readAll(blobs, ended)).containsExactly(done, again);
    Files.delete(temp.resolve("progress/" + ACTION + ".json"));
    assertThat(TrainingProgress.readAll(blobs, ended)).containsExactly(again);
  }

  private static TrainingProgress progress(String action, int epoch, TrainingProgress.State state) {
    return new TrainingProgress(action, "imp", 1, 0, epoch, 0, 4, 0.5, null, 100.0, state);
  }
}
