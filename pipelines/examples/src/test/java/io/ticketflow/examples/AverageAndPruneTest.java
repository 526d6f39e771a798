package io.ticketflow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.beam.PruneNetworks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example runs, and gives what sums by hand give. */
class AverageAndPruneTest {
  @TempDir Path temp;

  /**
   * Entry i of particle n of group a is i + n, of group b 2i + n, for i from 1 to 8; the mean over
   * n from 0 to 3 adds 1.5; a quarter of 8 entries are the two largest.
   */
  @Test
  void everyGroupsMeanIsPrunedToItsLargestEntries() throws IOException {
    AverageAndPrune.main(new String[] {"--store=" + temp});
    assertThat(Files.readAllLines(temp.resolve("networks")))
        .hasSize(2)
        .anySatisfy(line -> assertThat(values(line)).containsExactly(0, 0, 0, 0, 0, 0, 8.5f, 9.5f))
        .anySatisfy(
            line -> assertThat(values(line)).containsExactly(0, 0, 0, 0, 0, 0, 15.5f, 17.5f));
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    assertThatThrownBy(() -> PruneNetworks.in(temp.toString(), 0))
        .hasMessage("density must be above 0 and at most 1, got 0.0");
    String[] nothing = {"--store=" + temp, "--density=0.01"};
    assertThatThrownBy(() -> AverageAndPrune.main(nothing)) // 0.08 of 8 entries
        .hasMessageContaining("pruning leaves no weight at all");
    assertThat(temp.resolve("networks")).doesNotExist();
  }

  private float[] values(String line) {
    ArtifactStore store = new ArtifactStore(Blobs.at(temp.toString()));
    ArtifactRef found = store.content(line.split(" ", -1)[1]);
    return store.load(found).get("fc.weight").values();
  }
}
