package io.ticketflow.pipelines;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final DataSpec DATA =
      new DataSpec("glyphs", "", "", 240, 60, 0.1, 0, 28, 1, 7, 0, false);
  private static final OptimiserSpec SGD =
      new OptimiserSpec(OptimiserSpec.Name.SGD, 0.9, false, 1e-4, true, 0.9, 0.999, 1e-8);

  private Sweeps() {}

  static RunSpec imp() {
    return spec("lenet-300-100", List.of(1), new SwaSpec(0, 1), 0.1);
  }

  static RunSpec swamp(int particles) {
    return spec("lenet-300-100", List.of(particles), new SwaSpec(0.5, 0.02), 0.1);
  }

  /** The same run with another start of its cycles. */
  static RunSpec next(RunSpec run, NextCycleSpec.Weights weights, RateRule schedule) {
    return new RunSpec(
        run.seed(),
        run.data(),
        run.model(),
        run.training(),
        run.pruning(),
        run.particles(),
        new NextCycleSpec(weights, schedule),
        run.evaluation());
  }

  static RunSpec spec(String model, List<Integer> particles, SwaSpec swa, double learningRate) {
    return new RunSpec(
        1,
        DATA.withDigest(Datasets.digest(DATA)),
        new ModelSpec(model, 0, "cifar"),
        new TrainingSpec(
            3,
            1,
            32,
            0,
            1,
            SGD,
            new ScheduleSpec(ScheduleSpec.Name.COSINE, learningRate, List.of(), 0.1, 0, 0),
            swa),
        new PruningSpec(
            PruningSpec.Criterion.MAGNITUDE,
            PruningSpec.Scope.GLOBAL,
            0.2,
            2,
            false,
            List.of(),
            List.of()),
        particles,
        new NextCycleSpec(NextCycleSpec.Weights.REWIND, RateRule.LRW),
        new EvaluationSpec(100, 100, 0, 15, true));
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
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    TicketPipeline.build(pipeline, List.of(runs), new Workplace(output.toString()));
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
