package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.LayerRow;
import io.ticketflow.store.tables.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sparsifier that never comes to act leaves rows too: of the masks that it trained under. */
class IdleSparsifierTest {
  @TempDir Path folder;

  @Test
  void hasTheLayersOfTheMaskThatItTrainedUnder() throws IOException {
    Path output = folder.resolve("out");
    String small =
        """
        methods: [rigl, set]
        data: {train: 200, test: 100}
        training: {epochs: 1, batchSize: 64}
        pruning: {densities: [0.5, 0.1]}
        """;
    Experiments.run(output, Experiments.records(folder, small));
    for (String run : List.of("rigl-seed1", "set-seed1")) {
      List<LayerRow> rows =
          TableReader.readFile(
              LayerRow.class, output.resolve("metrics/layers/" + run + ".parquet"));
      // 784 · 300, 300 · 100 and 100 · 10 weights, every layer as dense
      assertThat(rows)
          .extracting(row -> row.getCycle() + " " + row.getTensor() + " " + row.getKept())
          .containsExactly(
              "1 fc1.weight 117600",
              "1 fc2.weight 15000",
              "1 fc3.weight 500",
              "2 fc1.weight 23520",
              "2 fc2.weight 3000",
              "2 fc3.weight 100");
    }
  }
}
