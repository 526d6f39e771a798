package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.testing.Solutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both performers over the same actions: one that does them, and one that only looks. */
class WorkerTest {
  private static final Kind<ArtifactResult> KIND =
      new Kind<>("square", 1, ArtifactResult.class, result -> Optional.of(result.getArtifact()));
  private static final Purpose PURPOSE = Purpose.of(Solutions.run("run", Solutions.spec()), 3);

  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();
  private Workplace place;

  @BeforeEach
  void open() {
    place = new Workplace(folder.toString());
  }

  /** An action that stores one number. */
  private Action<ArtifactResult> action(float number, ArtifactRef... inputs) {
    return Action.of(
        KIND,
        Map.of("number", (double) number),
        List.of(inputs),
        WorkerTest::result,
        at -> {
          made.incrementAndGet();
          Tensor tensor =
              new Tensor("x", TensorRole.DENSE, List.of(1L), new float[] {number * number});
          ArtifactRef stored = at.artifacts().save(TensorSet.of(List.of(tensor)), Masks.NONE);
          return new ArtifactResult(at.key(), stored, List.of(), at.seconds());
        });
  }

  private static ArtifactResult result(ArtifactRef artifact) {
    return new ArtifactResult("", artifact, List.of(), 0.0);
  }

  private float stored(Done<ArtifactResult> done) {
    return place.artifacts().load(done.result().getArtifact()).get("x").values()[0];
  }

  @Test
  void makesOnceAndFindsAfterwards() {
    assertThat(new Worker(place).perform(action(3), PURPOSE).found()).isFalse();
    Done<ArtifactResult> again = new Worker(place).perform(action(3), PURPOSE);
    assertThat(again.found()).isTrue();
    assertThat(stored(again)).isEqualTo(9);
    assertThat(made).hasValue(1);
  }

  @Test
  void twoThreadsThatAskForOneKeyMakeItOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch together = new CountDownLatch(4);
      List<Future<Done<ArtifactResult>>> all =
          Stream.generate(
                  () ->
                      threads.submit(
                          () -> {
                            together.countDown();
                            together.await();
                            return new Worker(place).perform(action(5), PURPOSE);
                          }))
              .limit(4)
              .toList();
      int found = 0;
      for (Future<Done<ArtifactResult>> each : all) {
        assertThat(stored(each.get())).isEqualTo(25);
        found += each.get().found() ? 1 : 0;
      }
      assertThat(found).isEqualTo(3);
      assertThat(made).hasValue(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void makesAgainWhatIsDamagedOrLost() throws IOException {
    ArtifactRef artifact = new Worker(place).perform(action(2), PURPOSE).result().getArtifact();
    Path file = folder.resolve(artifact.getPath());
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);
    assertThat(new Worker(place).perform(action(2), PURPOSE).found()).isFalse();
    assertThat(file).hasBinaryContent(whole);
    Files.delete(file);
    assertThat(new Worker(place).perform(action(2), PURPOSE).found()).isFalse();
    assertThat(file).hasBinaryContent(whole);
    assertThat(made).hasValue(3);
  }

  @Test
  void whatCannotBeDoneSaysWhyAtTheFirstTry() {
    Action<ArtifactResult> impossible =
        Action.of(
            KIND,
            "impossible",
            List.of(),
            WorkerTest::result,
            at -> {
              made.incrementAndGet();
              throw new UserException("there is nothing to square");
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> new Worker(place).perform(impossible, PURPOSE))
          .isInstanceOf(ActionFailedException.class)
          .hasMessage("there is nothing to square");
    }
    assertThat(made).as("once each time it is asked for").hasValue(2);
  }

  @Test
  void aDryRunNamesWhatDoesNotExistAndFindsWhatDoes() {
    DryRun look = new DryRun(place);
    ArtifactRef promised = look.perform(action(3), PURPOSE).result().getArtifact();
    look.perform(action(4, promised), PURPOSE);
    look.perform(action(3), PURPOSE);
    assertThat(look.planned())
        .extracting(PlannedAction::state)
        .containsExactly(
            PlannedAction.State.TO_RUN, PlannedAction.State.TO_RUN, PlannedAction.State.SHARED);
    assertThat(made).hasValue(0);
    assertThat(folder).isEmptyDirectory();

    ArtifactRef real = new Worker(place).perform(action(3), PURPOSE).result().getArtifact();
    DryRun later = new DryRun(place);
    assertThat(later.perform(action(3), PURPOSE).result().getArtifact()).isEqualTo(real);
    later.perform(action(4, real), PURPOSE);
    assertThat(later.planned())
        .extracting(PlannedAction::state)
        .containsExactly(PlannedAction.State.CACHED, PlannedAction.State.TO_RUN);
    assertThat(later.planned().get(0).run()).isEqualTo("run");
    assertThat(later.planned().get(0).cycle()).isEqualTo(3);
  }

  @Test
  void theKeyKnowsVersionSettingsAndInputsInTheirOrder() {
    ArtifactRef a = ArtifactRefs.unchecked("", "a", 0L);
    ArtifactRef b = ArtifactRefs.unchecked("", "b", 0L);
    Kind<ArtifactResult> newer =
        new Kind<>("square", 2, ArtifactResult.class, result -> Optional.empty());
    Action<ArtifactResult> anew =
        Action.of(newer, Map.of("number", 3.0), List.of(a, b), WorkerTest::result, at -> result(a));
    assertThat(
            Set.of(
                action(3, a, b).key(),
                action(3, b, a).key(),
                action(4, a, b).key(),
                action(3, a).key(),
                anew.key()))
        .hasSize(5);
    assertThat(action(3, a, b).key()).isEqualTo(action(3, a, b).key()).matches("[0-9a-f]{64}");
  }
}
