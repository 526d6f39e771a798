package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataNoticeTest {
  private static final String ALL = "{name: mnist, train: 0, test: 0, digest: 27bbd99b3b8a}";

  @TempDir Path folder;

  @Test
  void runsOfTheSameImagesNeedNoWord() throws IOException {
    assertThat(DataNotice.html(List.of(tables("a", ALL, ALL), tables("b", ALL)))).isEmpty();
    assertThat(DataNotice.html(List.of(ExperimentTables.of("unknown", List.of())))).isEmpty();
  }

  @Test
  void otherImagesAreNamedWithWhereTheyAre() throws IOException {
    ExperimentTables a = tables("a", ALL);
    ExperimentTables b =
        tables("b", ALL, "{name: <i>, train: 12000, test: 500, digest: 0123456789}");
    assertThat(DataNotice.html(List.of(a, b)))
        .contains("mnist (all for training, all for test, content 27bbd99b) in a, b; ")
        .contains(
            "&lt;i&gt; (the first 12000 for training, the first 500 for test, content 01234567) in"
                + " b.");
  }

  /** The tables of an output of runs with these data. */
  private ExperimentTables tables(String name, String... data) throws IOException {
    Path output = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(output.resolve("metrics"));
    StringBuilder yaml = new StringBuilder("resolved:\n  runs:\n");
    for (String each : data) {
      yaml.append("  - run: r\n    spec: {data: ").append(each).append("}\n");
    }
    Files.writeString(output.resolve("experiment.yaml"), yaml);
    return ExperimentTables.read(name, new Location(output.toString()));
  }
}
