package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorVisitsTest {
  private static final int VISITS = 3;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE})
  void eachVisitSeesWholeTensorsInOrderWhetherTheyAreKeptOrReadAgain(long small) {
    ArtifactStore store = new ArtifactStore(new LocalBlobs(root));
    List<TensorSet> networks = List.of(TestNetworks.drawn(1), TestNetworks.drawn(2));
    List<ArtifactRef> refs = networks.stream().map(set -> store.save(set, Masks.NONE)).toList();
    TensorSet anchor = TestNetworks.drawn(3);
    List<List<List<Float>>> seen = new ArrayList<>(); // of a visit: first network, second, anchor
    try (TensorVisits visits =
        TensorVisits.of(store, refs, store.save(anchor, Masks.NONE), VISITS, small)) {
      while (visits.hasNext()) {
        for (int visit = 0; visit < VISITS; visit++) {
          List<List<Float>> all = List.of(list(), list(), list());
          visits.visit(
              visit,
              (chunks, base) -> {
                add(all.get(0), chunks.kept().get(0));
                add(all.get(1), chunks.kept().get(1));
                add(all.get(2), base);
              });
          seen.add(all);
        }
      }
    }
    List<Tensor> tensors = List.copyOf(anchor.tensors());
    assertThat(seen).hasSize(VISITS * tensors.size());
    for (int i = 0; i < seen.size(); i++) {
      String tensor = tensors.get(i / VISITS).name();
      assertThat(seen.get(i))
          .containsExactly(
              values(networks.get(0), tensor),
              values(networks.get(1), tensor),
              values(anchor, tensor));
    }
  }

  private static List<Float> list() {
    return new ArrayList<>();
  }

  private static List<Float> values(TensorSet network, String tensor) {
    List<Float> values = list();
    add(values, network.get(tensor).values());
    return values;
  }

  private static void add(List<Float> list, float[] values) {
    for (float value : values) {
      list.add(value);
    }
  }
}
