package io.ticketflow.action.prune;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.spec.PruningSpec.Criterion;
import io.ticketflow.spec.PruningSpec.Scope;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.testing.Solutions;
import io.ticketflow.testing.TestSettings;
import io.ticketflow.work.ActionFailedException;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruningActionTest {
  private static final String DIGEST = "0".repeat(64);

  /** Only plans look at it. */
  private static final long TOTAL = 0;

  @TempDir Path root;
  private Workplace place;

  @BeforeEach
  void openPlace() {
    place = new Workplace(root.toString());
  }

  private static RunSpec spec(Scope scope, String... more) {
    return TestSettings.run(
            List.of(
                "data: {train: 60, test: 10}",
                "model: {name: resnet-20, width: 2}",
                "training: {epochs: 1, batchSize: 10}",
                "pruning: {criterion: snip, when: at-initialisation, rate: 0.5, cycles: 2}",
                "pruning.saliency: {batchSize: 20, batches: 2, rounds: 5}",
                "pruning.scope: " + scope,
                "particles: 1",
                "evaluation: {batchSize: 10, recalibrationBatchSize: 10, ensemble: false}"),
            more)
        .withSeed(3);
  }

  private ArtifactRef network(RunSpec spec) {
    TensorSet drawn = Initialisation.draw(Networks.of(spec).graph(), HE, 4);
    return place.artifacts().save(drawn, Masks.NONE);
  }

  private Masks masks(ArtifactResult result) {
    return place.artifacts().loadMasks(result.getArtifact());
  }

  private static long kept(Masks masks) {
    return masks.kept();
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void masksShrinkToTheExactCountByEveryCriterionInEveryScope(Scope scope) {
    RunSpec spec = spec(scope);
    ArtifactRef weights = network(spec);
    ArtifactResult full = Solutions.perform(place, PruningAction.dense(spec, weights)).result();
    long total = kept(masks(full));
    for (Criterion criterion : Criterion.values()) {
      ArtifactResult last = full;
      for (long kept : new long[] {total - 1, total / 3, 77}) {
        ArtifactResult next =
            Solutions.perform(
                    place,
                    PruningAction.of(
                        place, spec, criterion, kept, TOTAL, weights, last.getArtifact()))
                .result();
        Masks before = masks(last);
        Masks after = masks(next);
        assertThat(kept(after)).as(criterion + " " + kept).isEqualTo(kept);
        assertThat(next.getLayers().stream().mapToLong(LayerCount::getKept).sum()).isEqualTo(kept);
        assertThat(after.byName().keySet()).containsExactlyElementsOf(before.byName().keySet());
        before
            .byName()
            .forEach(
                (name, mask) ->
                    assertThat(after.byName().getOrDefault(name, Mask.full(0)))
                        .matches(m -> m.isSubsetOf(mask)));
        last = next;
      }
    }
  }

  @Test
  void excludedTensorsHaveNoMask() {
    RunSpec spec = spec(Scope.GLOBAL, "pruning.exclude: conv1.weight");
    ArtifactRef weights = network(spec);
    ArtifactRef full =
        Solutions.perform(place, PruningAction.dense(spec, weights)).result().getArtifact();
    for (Criterion criterion : List.of(Criterion.SNIP, Criterion.GRASP, Criterion.SYNFLOW)) {
      ArtifactResult pruned =
          Solutions.perform(
                  place, PruningAction.of(place, spec, criterion, 100, TOTAL, weights, full))
              .result();
      assertThat(masks(pruned).byName()).doesNotContainKey("conv1.weight");
      assertThat(kept(masks(pruned))).isEqualTo(100);
    }
  }

  @Test
  void theSameMaskIsMadeTwiceInTwoPlaces(@TempDir Path other) {
    RunSpec spec = spec(Scope.GLOBAL);
    for (Criterion criterion : List.of(Criterion.SNIP, Criterion.GRASP, Criterion.SYNFLOW)) {
      Set<String> digests = new HashSet<>();
      for (Path folder : List.of(root, other)) {
        place = new Workplace(folder.toString());
        ArtifactRef weights = network(spec);
        ArtifactRef full =
            Solutions.perform(place, PruningAction.dense(spec, weights)).result().getArtifact();
        digests.add(
            Solutions.perform(
                    place, PruningAction.of(place, spec, criterion, 500, TOTAL, weights, full))
                .result()
                .getArtifact()
                .getSha256());
      }
      assertThat(digests).as(criterion.name()).hasSize(1);
    }
  }

  @Test
  void refusesToKeepNothing() {
    RunSpec spec = spec(Scope.GLOBAL);
    ArtifactRef weights = network(spec);
    ArtifactRef full =
        Solutions.perform(place, PruningAction.dense(spec, weights)).result().getArtifact();
    assertThatThrownBy(
            () ->
                Solutions.perform(
                    place,
                    PruningAction.of(place, spec, Criterion.SYNFLOW, 0, TOTAL, weights, full)))
        .isInstanceOf(ActionFailedException.class)
        .hasMessageContaining("no weight");
  }

  private static ArtifactRef digest(String sha256) {
    return ArtifactRefs.unchecked("", sha256, 0L);
  }

  private String key(RunSpec spec, Criterion criterion) {
    return PruningAction.of(place, spec, criterion, 9, TOTAL, digest(DIGEST), digest(DIGEST)).key();
  }

  @Test
  void keysTellApartWhatDecidesAndNothingElse() {
    RunSpec spec = spec(Scope.GLOBAL);
    RunSpec otherSeed = spec.withSeed(4);
    RunSpec otherData = spec(Scope.GLOBAL, "data.train: 70");
    RunSpec otherBatch = spec(Scope.GLOBAL, "pruning.saliency.batchSize: 21");
    RunSpec otherRounds = spec(Scope.GLOBAL, "pruning.saliency.rounds: 6");
    RunSpec otherHeat = spec(Scope.GLOBAL, "pruning.saliency.temperature: 100");
    for (Criterion criterion : List.of(Criterion.SNIP, Criterion.GRASP)) {
      String key = key(spec, criterion);
      assertThat(key(otherSeed, criterion)).isNotEqualTo(key);
      assertThat(key(otherData, criterion)).isNotEqualTo(key);
      assertThat(key(otherBatch, criterion)).isNotEqualTo(key);
      assertThat(key(otherRounds, criterion)).isEqualTo(key);
    }
    assertThat(key(otherHeat, Criterion.SNIP)).isEqualTo(key(spec, Criterion.SNIP));
    assertThat(key(otherHeat, Criterion.GRASP)).isNotEqualTo(key(spec, Criterion.GRASP));
    for (RunSpec same : List.of(otherSeed, otherData, otherBatch, otherHeat)) {
      assertThat(key(same, Criterion.SYNFLOW)).isEqualTo(key(spec, Criterion.SYNFLOW));
      assertThat(key(same, Criterion.MAGNITUDE)).isEqualTo(key(spec, Criterion.MAGNITUDE));
    }
    assertThat(key(otherRounds, Criterion.SYNFLOW)).isNotEqualTo(key(spec, Criterion.SYNFLOW));
    assertThat(Set.of(key(spec, Criterion.SNIP), key(spec, Criterion.GRASP))).hasSize(2);
  }

  @Test
  void keysOfMagnitudeAreWhatTheyWereBeforeThereWereScores() {
    assertThat(key(spec(Scope.GLOBAL), Criterion.MAGNITUDE))
        .isEqualTo(
            ActionKey.of(
                "prune",
                1,
                Map.of(
                    "criterion",
                    "magnitude",
                    "scope",
                    "global",
                    "exclude",
                    List.of(),
                    "kept",
                    9,
                    "seed",
                    0),
                List.of(DIGEST, DIGEST)));
  }
}
