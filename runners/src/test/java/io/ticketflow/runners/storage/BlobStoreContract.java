package io.ticketflow.runners.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Filed;
import io.ticketflow.store.IoConsumer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage does, whatever it is. */
abstract class BlobStoreContract {
  private static final int WRITERS = 8;

  private String root = "";
  private BlobStore blobs = Blobs.at("unused");

  /** A place that is empty. */
  abstract String freshRoot() throws Exception;

  /** Whether of writers within the same instant exactly one is told that it made the file. */
  abstract boolean tellsOneWinner();

  @BeforeEach
  void openBlobs() throws Exception {
    root = freshRoot();
    blobs = Blobs.at(root);
  }

  private static IoConsumer<OutputStream> text(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  private String read(String path) throws IOException {
    try (InputStream in = blobs.open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void writesReplacesMovesAndDeletes() throws IOException {
    assertThat(blobs.list()).isEmpty();
    blobs.write("a/b", text("one"));
    blobs.write("a/b", text("two2"));

    assertThat(read("a/b")).isEqualTo("two2");
    assertThat(blobs.size("a/b")).isEqualTo(4);
    assertThat(blobs.exists("a")).as("a folder is no file").isFalse();
    blobs.write("c/d/e", text("old"));
    blobs.move("a/b", "c/d/e");
    assertThat(blobs.exists("a/b")).isFalse();
    assertThat(read("c/d/e")).isEqualTo("two2");
    blobs.delete("c/d/e");
    blobs.delete("c/d/e");
    blobs.delete("never/was");
    assertThat(blobs.exists("c/d/e")).isFalse();
    assertThat(blobs.list()).isEmpty();
  }

  @Test
  void copiesFromItsLikeAndFromAFolder(@TempDir Path folder) throws IOException {
    BlobStore like = Blobs.at(root + "/like");
    for (BlobStore there : List.of(like, Blobs.at(folder.toString()))) {
      blobs.write("a/b", text("old"));
      there.write("a/b", text("one"));
      blobs.copy(there, "a/b");
      blobs.copy(there, "a/b");
      assertThat(read("a/b")).isEqualTo("one");
      there.write("a/b", text("two"));
      assertThat(read("a/b")).as("a file of its own").isEqualTo("one");
      there.delete("a/b");
      assertThat(read("a/b")).isEqualTo("one");
      assertThatThrownBy(() -> blobs.copy(there, "a/c"))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageEndingWith("/a/c");
    }
    assertThat(blobs.list()).containsExactly("a/b");
  }

  @Test
  void keepsEmptyAndLargeFilesAndOddNames() throws IOException {
    byte[] large = new byte[20_000_000]; // more than two parts of an upload
    new Random(1).nextBytes(large);
    blobs.write("empty", out -> {});
    blobs.write("large", out -> out.write(large));
    blobs.write("metrics/a=b_c-d.1/x+y %41 z", text("odd"));

    assertThat(blobs.size("empty")).isZero();
    assertThat(read("empty")).isEmpty();
    try (InputStream in = blobs.open("large")) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
    try (InputStream in = blobs.open("large")) {
      assertThat(in.readNBytes(3)).containsExactly(large[0], large[1], large[2]);
    }
    assertThat(blobs.list("metrics")).containsExactly("metrics/a=b_c-d.1/x+y %41 z");
    assertThat(read("metrics/a=b_c-d.1/x+y %41 z")).isEqualTo("odd");
  }

  @Test
  void listsFilesAtAnyDepthInOrder() throws IOException {
    blobs.write("t/b", text(""));
    blobs.write("t/a/z", text(""));
    blobs.write("t/B", text(""));
    blobs.write("u/x", text(""));
    blobs.write("tt", text(""));

    assertThat(blobs.list("t")).containsExactly("t/B", "t/a/z", "t/b");
    assertThat(blobs.list("none")).isEmpty();
    assertThat(blobs.list()).containsExactly("t/B", "t/a/z", "t/b", "tt", "u/x");
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    byte[] much = new byte[9_000_000]; // a part of it would have been sent
    blobs.write("a", text("old"));
    IoConsumer<OutputStream> failing =
        out -> {
          out.write(much);
          throw new IOException("No space left on device");
        };

    for (String path : List.of("a", "new")) {
      assertThatThrownBy(() -> blobs.write(path, failing))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot write ")
          .hasMessageEndingWith("/" + path + ": No space left on device");
    }
    assertThatThrownBy(() -> blobs.create("new", failing)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> blobs.writeNamed(failing, () -> "new"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(": No space left on device");

    assertThat(read("a")).isEqualTo("old");
    assertThat(blobs.list()).containsExactly("a");
  }

  @Test
  void theFirstWriterWins() throws IOException {
    assertThat(blobs.create("x/y", text("first"))).isTrue();
    assertThat(blobs.create("x/y", text("second"))).isFalse();
    assertThat(read("x/y")).isEqualTo("first");
    assertThat(blobs.list()).containsExactly("x/y");
  }

  @Test
  void writersAtTheSameTimeLeaveOneWholeFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < 5; round++) {
        String path = "round/" + round;
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          String content = "writer " + i;
          writers.add(
              () -> {
                start.await();
                return blobs.create(path, text(content));
              });
        }
        int winners = 0;
        for (Future<Boolean> writer : threads.invokeAll(writers)) {
          winners += writer.get() ? 1 : 0;
        }
        assertThat(winners).isBetween(1, tellsOneWinner() ? 1 : WRITERS);
        assertThat(read(path)).matches("writer [0-7]");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(blobs.list()).hasSize(5);
  }

  @Test
  void namesTheFileThatIsMissing() {
    for (String path : List.of("x/y", "x")) {
      assertThatThrownBy(() -> blobs.open(path).close())
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage(file(path));
      assertThatThrownBy(() -> blobs.size(path))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage(file(path));
    }
    assertThatThrownBy(() -> blobs.move("x/y", "z")).isInstanceOf(IOException.class);
  }

  private String file(String path) {
    return root.replaceFirst("^file:", "") + "/" + path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/x", "..", "a/../../b", "./a", "a//b", "a\\b", "a/"})
  void refusesPathsThatLeaveTheRoot(String path) {
    assertThatThrownBy(() -> blobs.open(path)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs.write(path, text("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs.list(path)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs.delete(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void holdsArtifactsAndActions() throws IOException {
    ArtifactStore artifacts = new ArtifactStore(blobs);
    float[] values = new float[600_000]; // several chunks
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    TensorSet network =
        TensorSet.of(
            List.of(new Tensor("w", TensorRole.PRUNABLE, List.of((long) values.length), values)));

    ArtifactRef ref = artifacts.save(network, Masks.NONE);
    assertThat(artifacts.save(network, Masks.NONE)).isEqualTo(ref);
    assertThat(artifacts.load(ref).get("w").values()).isEqualTo(values);
    assertThat(blobs.list()).containsExactly(ref.getPath());

    ActionStore actions = new ActionStore(blobs);
    String key = "0".repeat(64);
    assertThat(actions.commit(key, Filed.of(ref)).result()).isEqualTo(ref);
    assertThat(actions.find(key, ArtifactRef.class)).contains(ref);
    actions.forget(key);
    assertThat(actions.find(key, ArtifactRef.class)).isEmpty();
  }
}
