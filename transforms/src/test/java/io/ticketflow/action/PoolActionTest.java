package io.ticketflow.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.ActionFailedException;
import io.ticketflow.work.Done;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolActionTest {
  private static final RunSpec SPEC = Solutions.spec(Solutions.ALL_KINDS);
  private static final List<String> DIGESTS = List.of("a", "b", "c");

  @TempDir private Path folder;

  @Test
  void isMadeOnceAndFoundAfterwards() {
    Workplace place = new Workplace(folder.toString());
    PoolTask task = task(place, "lottery", 1);
    Done<SoupResult> made = Solutions.perform(place, PoolAction.of(place, SPEC, task));
    assertThat(made.found()).isFalse();
    assertThat(Solutions.perform(place, PoolAction.of(place, SPEC, task)))
        .isEqualTo(new Done<>(made.result(), true, made.effort()));
    assertThat(made.result().getLayers()).hasSize(2); // the excluded layer is none of them
    assertThat(made.result().getTrials()).hasSize(2);
    assertThat(made.result().getLastAccuracy())
        .isGreaterThanOrEqualTo(made.result().getFirstAccuracy());
  }

  @Test
  void theKeyKnowsWhatMattersAndNothingElse() {
    Workplace place = new Workplace(folder.toString());
    String lottery = key(place, SPEC, PoolSpec.Kind.LOTTERY, 1, DIGESTS);
    assertThat(lottery)
        .isNotEqualTo(key(place, SPEC, PoolSpec.Kind.AVERAGE, 1, DIGESTS))
        .isNotEqualTo(key(place, SPEC, PoolSpec.Kind.LOTTERY, 2, DIGESTS))
        .isNotEqualTo(key(place, SPEC, PoolSpec.Kind.LOTTERY, 1, List.of("a", "b", "d")))
        .isEqualTo(key(place, SPEC.withSeed(9), PoolSpec.Kind.LOTTERY, 1, DIGESTS))
        .isEqualTo(key(place, with(0.9, 0.3, 0.7), PoolSpec.Kind.LOTTERY, 1, DIGESTS))
        .isEqualTo(key(place, with(0.6, 0.7, 0.3), PoolSpec.Kind.LOTTERY, 1, DIGESTS))
        .isNotEqualTo(key(place, with(0.6, 0.7, 0.2), PoolSpec.Kind.LOTTERY, 1, DIGESTS));
    assertThat(key(place, with(0.5, 0.5), PoolSpec.Kind.LOTTERY, 1, DIGESTS))
        .isEqualTo(key(place, SPEC, PoolSpec.Kind.AVERAGE, 1, DIGESTS));
    assertThat(key(place, SPEC, PoolSpec.Kind.EARLIER_EMA, 1, DIGESTS))
        .isEqualTo(key(place, SPEC, PoolSpec.Kind.EARLIER_EMA, 1, List.of("a", "b", "d")))
        .isEqualTo(key(place, with(0.6, 0.1), PoolSpec.Kind.EARLIER_EMA, 1, DIGESTS))
        .isNotEqualTo(key(place, with(0.9, 0.3), PoolSpec.Kind.EARLIER_EMA, 1, DIGESTS))
        .isNotEqualTo(key(place, SPEC, PoolSpec.Kind.EARLIER_MEAN, 1, DIGESTS));
    assertThat(key(place, SPEC, PoolSpec.Kind.EMA, 1, DIGESTS))
        .isNotEqualTo(key(place, SPEC, PoolSpec.Kind.EMA, 1, List.of("a", "b", "d")))
        .isNotEqualTo(key(place, with(0.9, 0.3), PoolSpec.Kind.EMA, 1, DIGESTS))
        .isNotEqualTo(key(place, SPEC, PoolSpec.Kind.SWA, 1, DIGESTS));
  }

  @Test
  void anotherModelIsRefusedByRunsAndTensor() {
    Workplace place = new Workplace(folder.toString());
    PoolTask task = task(place, "swa", 1);
    List<Tensor> tensors = new ArrayList<>(Solutions.network(SPEC, 1, 0).weights().tensors());
    tensors.set(1, new Tensor(tensors.get(1).name(), TensorRole.DENSE, List.of(2L), new float[2]));
    SolutionRecord odd =
        SolutionRecord.newBuilder(task.getSolutions().get(0))
            .setRun("other")
            .setWeights(place.artifacts().save(TensorSet.of(tensors), Masks.NONE))
            .build();
    PoolTask mixed =
        PoolTask.newBuilder(task)
            .setSolutions(List.of(odd, task.getSolutions().get(1), task.getSolutions().get(2)))
            .build();
    assertThatThrownBy(() -> Solutions.perform(place, PoolAction.of(place, SPEC, mixed)))
        .isInstanceOf(ActionFailedException.class)
        .hasMessage(
            "a pool must be of one model, but cycle 1 of run run has the tensor fc1.bias [300]"
                + " where cycle 0 of run other has fc1.bias [2]");
  }

  @Test
  void aSoupIsTheUnrecalibratedMeanOfItsMembers() {
    Workplace place = new Workplace(folder.toString());
    List<ArtifactRef> particles = new ArrayList<>();
    SparseNetwork pattern = Solutions.network(SPEC, 50, 1);
    for (long seed = 0; seed < 4; seed++) {
      TensorSet drawn = Solutions.network(SPEC, seed, 0).weights();
      pattern.masks().byName().forEach((name, mask) -> mask.applyTo(drawn.get(name).values()));
      particles.add(place.artifacts().save(drawn, pattern.masks()));
    }
    Done<SoupResult> soup = Solutions.perform(place, SoupAction.of(place, SPEC, particles));
    List<ArtifactRef> members = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int particle = i;
      if (soup.result().getTrials().stream()
          .anyMatch(trial -> trial.getCandidate() == particle && trial.getAccepted())) {
        members.add(particles.get(i));
      }
    }
    assertThat(soup.result().getWeights())
        .isEqualTo(Solutions.perform(place, AveragingAction.of(members)).result().getArtifact());
    assertThat(Solutions.perform(place, SoupAction.of(place, SPEC, particles)).found()).isTrue();
    assertThat(soup.result().getTrials()).hasSize(4);
  }

  private static String key(
      Workplace place, RunSpec spec, PoolSpec.Kind kind, int target, List<String> digests) {
    PoolTask task =
        new PoolTask(
            "",
            Solutions.run("run", spec),
            kind.label(),
            target,
            digests.stream().map(PoolActionTest::solution).toList());
    return PoolAction.of(place, spec, task).key();
  }

  private static SolutionRecord solution(String digest) {
    ArtifactRef weights = ArtifactRefs.unchecked("", digest, 0L);
    return new SolutionRecord("run", "imp", "", 1L, 0, 0.7, 7L, 10L, weights, List.of());
  }

  private static RunSpec with(double decay, Double... coefficients) {
    return SPEC.withPool(new PoolSpec(List.of(), List.of(coefficients), decay, List.of(), false));
  }

  private static PoolTask task(Workplace place, String kind, int target) {
    List<MergedRecord> solutions = Solutions.of(place, Solutions.run("run", SPEC), 10);
    return new PoolTask(
        "",
        solutions.get(0).getRun(),
        kind,
        target,
        solutions.stream().map(Tickets::solution).toList());
  }
}
