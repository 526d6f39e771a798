package io.ticketflow.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kept entry goes one way or the other by ρσ, and nothing else changes. */
class PerturbationActionTest {
  @TempDir private Path folder;

  @Test
  void movesEveryTrainedEntryByItsSpreadUpOrDown() {
    Workplace place = new Workplace(folder.toString());
    SparseNetwork network = Solutions.network(Solutions.spec(), 4, 2);
    TensorSet spread = spread(network.weights(), network.masks());
    ArtifactRef member = place.artifacts().save(network.weights(), network.masks());
    ArtifactRef kept = place.artifacts().save(spread, Masks.NONE);
    ArtifactRef moved = moved(place, 1.7, 3, member, kept);
    assertThat(place.artifacts().loadMasks(moved)).isEqualTo(place.artifacts().loadMasks(member));
    TensorSet found = place.artifacts().load(moved);
    int ups = 0;
    int all = 0;
    int wrong = 0;
    for (Tensor before : network.weights().tensors()) {
      float[] after = found.get(before.name()).values();
      for (int i = 0; i < after.length; i++) {
        float step = (float) (1.7 * spread.get(before.name()).values()[i]);
        boolean up = after[i] == before.values()[i] + step;
        wrong += up || after[i] == before.values()[i] - step ? 0 : 1;
        if (step > 0) {
          ups += up ? 1 : 0;
          all++;
        }
      }
    }
    assertThat(wrong).isZero();
    // five standard deviations of a fair coin
    assertThat(all).isGreaterThan(60_000);
    assertThat((double) ups)
        .isBetween(all / 2.0 - 2.5 * Math.sqrt(all), all / 2.0 + 2.5 * Math.sqrt(all));
    network
        .masks()
        .applyTo(found)
        .tensors()
        .forEach(
            tensor -> assertThat(found.get(tensor.name()).values()).isEqualTo(tensor.values()));
  }

  @Test
  void signsAreTheSameTwiceAndOthersInAnotherCycle() {
    Workplace place = new Workplace(folder.resolve("one").toString());
    Workplace other = new Workplace(folder.resolve("two").toString());
    TensorSet network = Fixtures.weights(Fixtures.convNet(), 4);
    TensorSet spread = spread(network, Masks.NONE);
    ArtifactRef[] moved = new ArtifactRef[3];
    for (int i = 0; i < 3; i++) {
      Workplace at = i == 1 ? other : place;
      ArtifactRef member = at.artifacts().save(network, Masks.NONE);
      moved[i] = moved(at, 3, i == 2 ? 4 : 3, member, at.artifacts().save(spread, Masks.NONE));
    }
    assertThat(moved[1]).isEqualTo(moved[0]);
    assertThat(moved[2]).isNotEqualTo(moved[0]);
    TensorSet found = place.artifacts().load(moved[0]);
    for (Tensor tensor : network.tensors()) {
      boolean same = Arrays.equals(found.get(tensor.name()).values(), tensor.values());
      assertThat(same).isEqualTo(tensor.role() == TensorRole.BUFFER);
    }
  }

  private static ArtifactRef moved(
      Workplace place, double factor, int cycle, ArtifactRef member, ArtifactRef spread) {
    RunSpec spec = Solutions.spec("perturbed: {members: 3, factor: " + factor + "}");
    return Solutions.perform(place, PerturbationAction.of(spec, cycle, member, spread))
        .result()
        .getArtifact();
  }

  /** 0 where the weights are pruned; also of what no step moves, where it means nothing. */
  private static TensorSet spread(TensorSet network, Masks masks) {
    return masks.applyTo(
        network.map(
            tensor -> {
              KeyedRandom draws = KeyedRandom.of(8, tensor.name());
              float[] values = new float[tensor.values().length];
              for (int i = 0; i < values.length; i++) {
                values[i] = 0.01f * (1 + draws.nextFloat());
              }
              return tensor.withValues(values);
            }));
  }
}
