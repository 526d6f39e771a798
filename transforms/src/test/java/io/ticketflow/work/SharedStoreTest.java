package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.testing.Solutions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs over one store: what one makes the others find, and keep when the store is gone. */
class SharedStoreTest {
  private static final Kind<TrainingResult> KIND =
      new Kind<>(
          "cube", 1, TrainingResult.class, result -> Optional.ofNullable(result.getWeights()));
  private static final Purpose PURPOSE = Purpose.of(Solutions.run("run", Solutions.spec()), 0);

  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();
  private Runnable meanwhile = () -> {};

  private Workplace place(String output) {
    return new Workplace(
        folder.resolve(output).toString(),
        DevicePolicy.CPU,
        CheckpointPolicy.DEFAULT,
        folder.resolve("store").toString());
  }

  private Done<TrainingResult> perform(String output, Action<TrainingResult> action) {
    return new Worker(place(output)).perform(action, PURPOSE);
  }

  /** An action that stores three artifacts, of x, x² and x³. */
  private Action<TrainingResult> cube(float x) {
    return Action.of(
        KIND,
        Map.of("number", (double) x),
        List.of(),
        artifact -> result("", artifact, artifact, artifact),
        at -> {
          made.incrementAndGet();
          meanwhile.run();
          return result(at.key(), save(at, x), save(at, x * x), save(at, x * x * x));
        });
  }

  private static ArtifactRef save(Attempt at, float value) {
    Tensor tensor = new Tensor("x", TensorRole.DENSE, List.of(1L), new float[] {value});
    return at.artifacts().save(TensorSet.of(List.of(tensor)), Masks.NONE);
  }

  private static TrainingResult result(
      String key, ArtifactRef weights, ArtifactRef mask, ArtifactRef latent) {
    return new TrainingResult(
        key, weights, mask, List.of(), latent, List.of(), null, 0L, 0.0, "cpu", null, null);
  }

  /** The files of a folder's actions and artifacts, and whatever else lies there. */
  private Map<String, List<Byte>> files(String under) throws IOException {
    Path root = folder.resolve(under);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> root.relativize(file).toString(),
                  SharedStoreTest::content,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static List<Byte> content(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of its own in place of the old one, which may have other names. */
  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void theSecondOutputMakesNothingAndHoldsEveryByteOfTheFirst() throws IOException {
    assertThat(perform("a", cube(2)).found()).isFalse();
    Done<TrainingResult> second = perform("b", cube(2));
    assertThat(second.found()).isTrue();
    assertThat(made).hasValue(1);
    assertThat(files("b")).hasSize(4).isEqualTo(files("a")).isEqualTo(files("store"));

    for (String path : files("store").keySet()) {
      Files.delete(folder.resolve("store").resolve(path));
    }
    Workplace alone = new Workplace(folder.resolve("b").toString());
    assertThat(new Worker(alone).perform(cube(2), PURPOSE).found()).isTrue();
    assertThat(alone.artifacts().load(second.result().getLatent()).get("x").values())
        .containsExactly(8);
  }

  @Test
  void whatAnOutputHasAlreadyIsGivenToo() throws IOException {
    Workplace alone = new Workplace(folder.resolve("a").toString());
    assertThat(new Worker(alone).perform(cube(3), PURPOSE).found()).isFalse();
    assertThat(perform("a", cube(3)).found()).isTrue();
    assertThat(files("store")).isEqualTo(files("a"));
  }

  @Test
  void whatIsDamagedInTheStoreIsNotTakenAndIsReplaced() throws IOException {
    TrainingResult first = perform("a", cube(2)).result();
    Map<String, List<Byte>> whole = files("store");
    Path store = folder.resolve("store");
    String action = "actions/" + first.getAction().substring(0, 2) + "/" + first.getAction();
    for (String path : List.of(first.getLatent().getPath(), action + ".avro")) {
      String output = "after " + path.substring(0, 4);
      damage(store.resolve(path));
      assertThat(perform(output, cube(2)).found()).isFalse();
      assertThat(files("store").keySet()).isEqualTo(whole.keySet());
      assertThat(perform(output + " again", cube(2)).found()).isTrue();
    }
    Files.delete(store.resolve(first.getMask().getPath()));
    assertThat(perform("after a loss", cube(2)).found()).isFalse();
    assertThat(made).hasValue(4);
    whole.keySet().removeIf(path -> path.startsWith("actions"));
    assertThat(files("store")).containsAllEntriesOf(whole);
    assertThat(files("a")).as("a copy of the store's").containsAllEntriesOf(whole);
  }

  @Test
  void outputsThatMakeOneActionAtOnceAllKeepItAndTheStoreHasOneOfThem() throws Exception {
    int outputs = 4;
    CyclicBarrier together = new CyclicBarrier(outputs);
    meanwhile =
        () -> {
          try {
            together.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(outputs);
    try {
      List<Callable<Done<TrainingResult>>> all =
          IntStream.range(0, outputs)
              .<Callable<Done<TrainingResult>>>mapToObj(i -> () -> perform("o" + i, cube(5)))
              .toList();
      for (Future<Done<TrainingResult>> each : threads.invokeAll(all)) {
        assertThat(each.get().found()).isFalse();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(made).hasValue(outputs);
    List<Map<String, List<Byte>>> kept =
        List.of(files("o0"), files("o1"), files("o2"), files("o3"));
    assertThat(kept).allMatch(files -> files.size() == 4).contains(files("store"));
    assertThat(perform("later", cube(5)).found()).isTrue();
  }

  @Test
  void aDryRunTellsWhatWouldBeCopiedAndCopiesNothing() throws IOException {
    perform("a", cube(2));
    DryRun look = new DryRun(place("b"));
    look.perform(cube(2), PURPOSE);
    look.perform(cube(2), PURPOSE);
    look.perform(cube(3), PURPOSE);
    assertThat(look.planned())
        .extracting(PlannedAction::state)
        .containsExactly(
            PlannedAction.State.IN_STORE, PlannedAction.State.SHARED, PlannedAction.State.TO_RUN);
    assertThat(folder.resolve("b")).doesNotExist();
    perform("b", cube(2));
    DryRun later = new DryRun(place("b"));
    later.perform(cube(2), PURPOSE);
    assertThat(later.planned()).allMatch(each -> each.state() == PlannedAction.State.CACHED);
  }
}
