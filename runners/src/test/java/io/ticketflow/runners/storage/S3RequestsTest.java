package io.ticketflow.runners.storage;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests to an object store that a training costs, with its share of averages, measures and
 * pruning: those of six seeds over those of two. bench/README.md prices them.
 */
@Tag("faults") // over a minute
class S3RequestsTest {
  private static final int FEW = 2;
  private static final int MANY = 6;
  private static final int TRAININGS_A_SEED = 3 * 4;

  @TempDir Path folder;

  @Test
  void aTrainingAsksAFewHundredTimes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("requests.yaml"),
            """
            name: requests
            methods: [swamp]
            data: {name: glyphs, train: 200, test: 100}
            model: {name: lenet-300-100}
            training: {epochs: 3, batchSize: 40}
            pruning: {rate: 0.3, cycles: 2}
            particles: 4
            """);
    try (S3Server s3 = S3Server.start();
        RequestCounter counter = new RequestCounter(s3.endpoint())) {
      Map<String, Integer> few = requests(file, counter, FEW);
      Map<String, Integer> many = requests(file, counter, MANY);
      assertThat(few.keySet()).isEqualTo(many.keySet()).contains("GET", "PUT");
      double reads = 0;
      double writes = 0;
      for (Map.Entry<String, Integer> request : many.entrySet()) {
        String method = request.getKey();
        int more = request.getValue() - few.getOrDefault(method, 0);
        double each = more / (double) ((MANY - FEW) * TRAININGS_A_SEED);
        System.out.printf(Locale.ROOT, "%-6s %8.1f a training%n", method, each);
        if (Set.of("GET", "HEAD").contains(method)) {
          reads += each;
        } else {
          writes += each;
        }
      }
      assertThat(reads).isBetween(1.0, 350.0);
      assertThat(writes).isBetween(1.0, 60.0);
    }
  }

  private static Map<String, Integer> requests(Path file, RequestCounter counter, int seeds) {
    counter.take();
    Program.Said said =
        Program.call(
            "run",
            file.toString(),
            IntStream.rangeClosed(1, seeds)
                .mapToObj(Integer::toString)
                .collect(joining(",", "seeds=[", "]")),
            "--output=s3://" + S3Server.BUCKET + "/seeds" + seeds,
            "--endpoint=" + counter.endpoint());
    assertThat(said.code()).as(said.err()).isZero();
    return counter.take();
  }
}
