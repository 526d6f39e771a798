package io.ticketflow.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBlobsTest {
  @TempDir Path root;
  private BlobStore blobs;

  @BeforeEach
  void openBlobs() {
    blobs = new LocalBlobs(root);
  }

  private static IoConsumer<OutputStream> text(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  private String read(String path) throws IOException {
    try (InputStream in = blobs.open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** As workers do with the marks of what they are at. */
  @Test
  void whatOthersRemoveWhileItIsListedIsNotThere() throws Exception {
    blobs.write("marks/stays", text("one"));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> removed =
          other.submit(
              () -> {
                int count = 0;
                while (!Thread.currentThread().isInterrupted() && count < 4000) {
                  Path file = Files.writeString(root.resolve("marks/" + count % 40), "two");
                  Files.delete(file);
                  count++;
                }
                return count;
              });
      while (!removed.isDone()) {
        assertThat(blobs.list("marks")).contains("marks/stays");
      }
      assertThat(removed.get()).isEqualTo(4000);
    } finally {
      other.shutdownNow();
    }
    assertThat(blobs.list()).containsExactly("marks/stays");
  }

  @Test
  void writesReplacesMovesAndDeletes() throws IOException {
    blobs.write("a/b", text("one"));
    blobs.write("a/b", text("two2"));

    assertThat(read("a/b")).isEqualTo("two2");
    assertThat(blobs.size("a/b")).isEqualTo(4);
    blobs.move("a/b", "c/d/e");
    assertThat(blobs.exists("a/b")).isFalse();
    assertThat(blobs.exists("c/d")).as("a folder is no file").isFalse();
    assertThat(read("c/d/e")).isEqualTo("two2");
    blobs.delete("c/d/e");
    blobs.delete("c/d/e");
    assertThat(blobs.exists("c/d/e")).isFalse();
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void listsFilesAtAnyDepthInOrder() throws IOException {
    blobs.write("t/b", text(""));
    blobs.write("t/a/z", text(""));
    blobs.write("u/x", text(""));

    assertThat(blobs.list("t")).containsExactly("t/a/z", "t/b");
    assertThat(blobs.list("none")).isEmpty();
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    blobs.write("a", text("old"));

    assertThatThrownBy(
            () ->
                blobs.write(
                    "a",
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write " + root.resolve("a") + ": No space left on device");

    assertThat(read("a")).isEqualTo("old");
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void theFirstOfEightWritersWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String path = "round/" + round;
        CyclicBarrier start = new CyclicBarrier(8);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          String content = "writer " + i;
          writers.add(
              () -> {
                start.await();
                boolean first = blobs.create(path, text(content));
                return first == read(path).equals(content) && first;
              });
        }
        int winners = 0;
        for (Future<Boolean> writer : threads.invokeAll(writers)) {
          winners += writer.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/etc/x", "..", "a/../../b", "a/..", "./a", "a//b", "a\\b", "a/", "a\0"})
  void refusesPathsThatLeaveTheRoot(String path) {
    assertThatThrownBy(() -> blobs.open(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(root.toString());
    assertThatThrownBy(() -> blobs.write(path, text("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs.list(path)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> blobs.delete(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheFileThatIsMissingOrInTheWay() throws IOException {
    assertThatThrownBy(() -> blobs.open("x/y"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(root.resolve("x/y").toString());
    assertThatThrownBy(() -> blobs.size("x/y")).isInstanceOf(NoSuchFileException.class);

    Files.writeString(root.resolve("file"), "in the way");
    assertThatThrownBy(() -> blobs.write("file/below", text("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(root.resolve("file").toString());
  }

  /** Each task that reads or writes would leave a buffer there until the JVM collects all. */
  @Test
  void tasksOfTheCommonPoolLeaveNothingOutsideTheHeap() throws Exception {
    BufferPoolMXBean outside =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    byte[] large = new byte[1 << 17];
    long before = outside.getCount();
    for (int i = 0; i < 400; i++) {
      FutureTask<Integer> task =
          new FutureTask<>(
              () -> {
                blobs.write("large", out -> out.write(large));
                try (InputStream in = blobs.open("large")) {
                  return in.readNBytes(large, 0, large.length);
                }
              });
      ForkJoinPool.commonPool().execute(task);
      task.get();
    }
    assertThat(outside.getCount() - before).isLessThan(10); // other threads may have some
  }
}
