package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Filed;
import io.ticketflow.store.LocalBlobs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups in a store of many actions: their time does not grow with it, and none lists it. */
@Tag("proofs") // for its time
class StoreLookupTest {
  private static final int ACTIONS = 100_000;
  private static final int LOOKUPS = 1_000;
  private static final double LIMIT_MILLIS = 5;
  private static final Kind<ArtifactResult> KIND =
      new Kind<>("square", 1, ArtifactResult.class, result -> Optional.of(result.getArtifact()));

  @TempDir Path folder;

  private static Action<ArtifactResult> action(int number) {
    return Action.of(
        KIND,
        List.of(number),
        List.of(),
        artifact -> new ArtifactResult("", artifact, List.of(), 0.0),
        at -> {
          throw new AssertionError("nothing is made here");
        });
  }

  @Test
  void takeTheSameShortTimeInALargeStore() throws Exception {
    BlobStore files = new LocalBlobs(folder.resolve("store"));
    Tensor tensor = new Tensor("x", TensorRole.DENSE, List.of(266_610L), new float[266_610]);
    ArtifactRef lenet = new ArtifactStore(files).save(TensorSet.of(List.of(tensor)), Masks.NONE);
    Filed<ArtifactResult> result = Filed.of(new ArtifactResult("", lenet, List.of(), 0.0));
    ActionStore actions = new ActionStore(files);
    actions.commit(action(0).key(), result);
    byte[] file = Files.readAllBytes(path(action(0)));
    for (int i = 1; i < ACTIONS; i++) {
      Path path = path(action(i));
      Files.createDirectories(path.getParent());
      Files.write(path, file);
    }
    assertThat(actions.keys()).hasSize(ACTIONS);

    SharedStore store = new SharedStore(unlisted(files));
    ArtifactStore output = new ArtifactStore(new LocalBlobs(folder.resolve("output")));
    int step = ACTIONS / LOOKUPS;
    double absent = median(i -> store.find(action(ACTIONS + i)).isEmpty());
    double present = median(i -> store.find(action(i * step)).isPresent());
    double taken = median(i -> store.take(action(i * step), output).isPresent());
    System.out.printf(
        Locale.ROOT,
        "median ms of %d lookups among %d actions: absent %.3f, present %.3f, taken %.3f%n",
        LOOKUPS,
        ACTIONS,
        absent,
        present,
        taken);
    assertThat(List.of(absent, present, taken)).allMatch(millis -> millis < LIMIT_MILLIS);
  }

  private Path path(Action<?> action) {
    return folder
        .resolve("store/actions")
        .resolve(action.key().substring(0, 2))
        .resolve(action.key() + ".avro");
  }

  private static double median(IntPredicate lookup) {
    long[] nanos = new long[LOOKUPS];
    for (int i = 0; i < LOOKUPS; i++) {
      long start = System.nanoTime();
      assertThat(lookup.test(i)).isTrue();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[LOOKUPS / 2] / 1e6;
  }

  /** The same files; they cannot be listed. */
  private static BlobStore unlisted(BlobStore files) {
    return (BlobStore)
        Proxy.newProxyInstance(
            BlobStore.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isNotEqualTo("list");
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
