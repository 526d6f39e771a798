package io.ticketflow.action.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.testing.Solutions;
import io.ticketflow.testing.TestSettings;
import io.ticketflow.work.Action;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared mask's change between segments: SWAMP on RigL, and on SET. */
class RegrowthActionTest {
  @TempDir Path folder;
  private Workplace place;
  private SparseNetwork network;
  private ArtifactRef weights;
  private ArtifactRef mask;

  @BeforeEach
  void store() {
    place = new Workplace(folder.toString());
    network = Solutions.network(spec("rigl"), 3, 2);
    weights = place.artifacts().save(network.weights(), network.masks());
    mask = place.artifacts().saveMasks(network.weights(), network.masks()).mask();
  }

  /** The share that goes is the same, so only other images can make another mask. */
  @Test
  void eachChangeGrowsByOtherImages() {
    RunSpec rigl = spec("rigl");
    assertThat(changed(rigl, 1)).isEqualTo(changed(rigl, 1)).isNotEqualTo(changed(rigl, 2));
    RunSpec set = spec("set");
    assertThat(changed(set, 1)).isNotEqualTo(changed(set, 2));
    assertThat(changed(set, 1).kept()).isEqualTo(network.kept());
  }

  @Test
  void whatGrowsBeginsAtZeroOrAtDraws() {
    Masks changed = changed(spec("set"), 1);
    TensorSet zero = begun(spec("set"), 1);
    TensorSet drawn = begun(spec("set", "training.sparsifier.grown: he"), 1);
    for (String tensor : changed.tensors()) {
      Mask before = network.masks().byName().getOrDefault(tensor, Mask.full(1));
      Mask after = changed.byName().getOrDefault(tensor, Mask.full(1));
      float[] was = network.weights().get(tensor).values();
      float[] begins = drawn.get(tensor).values();
      double squares = 0;
      long grown = 0;
      for (int i = 0; i < was.length; i++) {
        float at = zero.get(tensor).values()[i];
        if (!after.keeps(i)) {
          assertThat(begins[i]).isZero();
        } else if (!before.keeps(i)) {
          assertThat(at).isZero();
          squares += (double) begins[i] * begins[i];
          grown++;
        } else {
          // kept, or dropped and grown again
          assertThat(at == was[i] ? begins[i] : at).isEqualTo(at == was[i] ? at : 0f);
        }
      }
      assertThat(grown).isPositive();
      // He's variance is 2 / fan-in, within four of its deviations √(2 / n)
      long fanIn = network.weights().get(tensor).shape().get(1);
      double variance = 2.0 / fanIn;
      assertThat(Math.abs(squares / grown - variance))
          .isLessThan(4 * Math.sqrt(2.0 / grown) * variance);
    }
  }

  private Masks changed(RunSpec spec, int cycle) {
    return place.artifacts().loadMasks(perform(change(spec, cycle)));
  }

  private TensorSet begun(RunSpec spec, int cycle) {
    ArtifactRef changed = perform(change(spec, cycle));
    return place
        .artifacts()
        .load(perform(RegrowthAction.weights(spec, cycle, weights, mask, changed)));
  }

  private Action<ArtifactResult> change(RunSpec spec, int cycle) {
    return RegrowthAction.mask(place, spec, cycle, weights, mask, network.kept(), network.total());
  }

  private ArtifactRef perform(Action<ArtifactResult> action) {
    return Solutions.perform(place, action).result().getArtifact();
  }

  private static RunSpec spec(String sparsifier, String... more) {
    return TestSettings.run(
        List.of(
            "data: {train: 300, test: 10}",
            "training: {epochs: 6, batchSize: 20}",
            "training.sparsifier: {name: "
                + sparsifier
                + ", shared: true, segments: 3, decay: constant, fraction: 0.3}",
            "pruning: {rate: 0.5, cycles: 2}"),
        more);
  }
}
