package io.ticketflow.pipelines;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.method.queue.Hands;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Small sweeps that run in seconds on the DirectRunner. */
final class Sweeps {
  private Sweeps() {}

  static RunSpec imp(String... more) {
    return spec(List.of("particles: 1", "training.swa.fraction: 0"), more);
  }

  static RunSpec swamp(int particles) {
    return spec(
        List.of("particles: " + particles, "training.swa: {fraction: 0.5, learningRate: 0.02}"));
  }

  private static RunSpec spec(List<String> method, String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data: {train: 240, test: 60, size: 28, seed: 7}",
                "training: {epochs: 3, rewindEpochs: 1, batchSize: 32, schedule.name: cosine}",
                "pruning: {rate: 0.2, cycles: 2}",
                "evaluation: {batchSize: 100, recalibrationBatchSize: 100}"));
    lines.addAll(method);
    lines.addAll(List.of(more));
    Settings all = Settings.defaults();
    for (String line : lines) {
      all = Settings.parse("the test", line).over(all);
    }
    RunSpec run = all.run(1);
    return run.withData(run.data().withDigest(Datasets.digest(run.data())));
  }

  static RunRecord record(String run, RunSpec spec) {
    return RunRecord.newBuilder()
        .setRun(run)
        .setMethod(run)
        .setVariant("")
        .setDataset(spec.data().name())
        .setModel(spec.model().name())
        .setSeed(spec.seed())
        .setSpec(CanonicalJson.write(spec))
        .build();
  }

  static void run(Path output, int parallelism, RunRecord... runs) {
    run(new Workplace(output.toString()), parallelism, runs);
  }

  static void run(Workplace place, int parallelism, RunRecord... runs) {
    run(place, parallelism, 100, runs);
  }

  /** A sweep whose graph has stages for so many rounds of cycles. */
  static void run(Workplace place, int parallelism, int staged, RunRecord... runs) {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    TicketPipeline.build(pipeline, List.of(runs), place, Hands.here(parallelism), staged);
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended " + state);
    }
  }

  /** Every file below a folder, by its path, as hexadecimal text. */
  static SortedMap<String, String> bytes(Path folder) throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  all.put(
                      folder.relativize(file).toString(),
                      HexFormat.of().formatHex(Files.readAllBytes(file)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return all;
  }
}
