package io.ticketflow.pipelines.report;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Made-up tables with the shape of a sweep's: seeds, cycles, particles, epochs and layers. */
final class SampleTables {
  private static final List<String> TENSORS =
      List.of("conv1.weight", "conv2.weight", "fc1.weight", "fc2.weight", "output.weight");

  private final List<CycleRow> cycles = new ArrayList<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private final List<LayerRow> layers = new ArrayList<>();
  private final List<CostRow> costs = new ArrayList<>();
  private final List<FailureRecord> failures = new ArrayList<>();

  /** A run's rows of all cycles; accuracy falls with density, later for methods with particles. */
  SampleTables run(String method, String variant, long seed, int particles, int last, int length) {
    KeyedRandom noise = KeyedRandom.of(seed, method, variant);
    String run = method + "-" + variant + "-" + seed;
    for (int cycle = 0; cycle <= last; cycle++) {
      double density = Math.pow(0.8, cycle);
      double fall = 0.0012 * cycle * cycle / (particles > 1 ? 2 : 1);
      double merged = 0.91 - fall + 0.004 * noise.nextGaussian();
      if (particles > 1) {
        double below = 0.004 - 0.0012 * cycle;
        for (int p = 0; p < particles; p++) {
          cycle(
              run,
              method,
              variant,
              seed,
              cycle,
              density,
              "particle",
              p,
              merged + below + 0.003 * noise.nextGaussian());
        }
        cycle(run, method, variant, seed, cycle, density, "ensemble", null, merged + 0.006);
      } else {
        cycle(run, method, variant, seed, cycle, density, "particle", 0, merged);
      }
      cycle(run, method, variant, seed, cycle, density, "merged", null, merged);
      for (int t = 0; t < TENSORS.size(); t++) {
        long total = 1000L * (t + 1);
        long kept = Math.round(total * Math.pow(density, 0.6 + 0.2 * t));
        layers.add(
            new LayerRow(
                run,
                method,
                variant,
                "glyphs",
                "lenet-5",
                seed,
                cycle,
                t,
                TENSORS.get(t),
                kept,
                total,
                (double) kept / total));
      }
      for (int p = 0; p < particles; p++) {
        for (int e = 1; e <= length; e++) {
          double loss =
              2.3 * Math.exp(-4.0 * e / length) + 0.02 * cycle + 0.03 * noise.nextDouble();
          epoch(
              run,
              method,
              variant,
              seed,
              cycle,
              p,
              density,
              e,
              loss,
              e % 2 == 0 ? 0.92 - loss / 3 : null);
        }
      }
    }
    return this;
  }

  SampleTables failure(String run, int cycle, @Nullable Integer particle, String message) {
    failures.add(new FailureRecord(run, "imp", "", 9L, cycle, particle, message));
    return this;
  }

  /** What a training or an evaluation of a run's network took. */
  SampleTables cost(
      String run, int cycle, @Nullable Integer particle, String kind, double rate, String engine) {
    costs.add(
        CostRow.newBuilder()
            .setRun(run)
            .setMethod("imp")
            .setVariant("")
            .setSeed(1)
            .setCycle(cycle)
            .setParticle(particle)
            .setKind(kind)
            .setAction("")
            .setCached(false)
            .setEpochs(1)
            .setImages(1000)
            .setSeconds(1000 / rate)
            .setImagesPerSecond(rate)
            .setDevice("cpu")
            .setEngine(engine)
            .build());
    return this;
  }

  SampleTables cycle(
      String run,
      String method,
      String variant,
      long seed,
      int cycle,
      double density,
      String subject,
      @Nullable Integer particle,
      double accuracy) {
    for (String split : List.of("train", "test")) {
      double shown = split.equals("test") ? accuracy : 0.999;
      cycles.add(
          CycleRow.newBuilder()
              .setRun(run)
              .setMethod(method)
              .setVariant(variant)
              .setDataset("glyphs")
              .setModel("lenet-5")
              .setSeed(seed)
              .setCycle(cycle)
              .setDensity(density)
              .setKept(Math.round(15_000 * density))
              .setTotal(15_000)
              .setSubject(subject)
              .setParticle(particle)
              .setSplit(split)
              .setLoss(1 - shown)
              .setAccuracy(shown)
              .setNll(1 - shown)
              .setEce(0.01)
              .setBrier(0.1)
              .setWorstClassAccuracy(shown - 0.1)
              .build());
    }
    return this;
  }

  SampleTables epoch(
      String run,
      String method,
      String variant,
      long seed,
      int cycle,
      int particle,
      double density,
      int epoch,
      double loss,
      @Nullable Double validation) {
    epochs.add(
        EpochRow.newBuilder()
            .setRun(run)
            .setMethod(method)
            .setVariant(variant)
            .setDataset("glyphs")
            .setModel("lenet-5")
            .setSeed(seed)
            .setCycle(cycle)
            .setParticle(particle)
            .setDensity(density)
            .setEpoch(epoch)
            .setLearningRate(0.1)
            .setTrainLoss(loss)
            .setTrainAccuracy(0.5)
            .setValidationLoss(validation)
            .setValidationAccuracy(validation)
            .build());
    return this;
  }

  ExperimentTables named(String name) {
    return named(name, List.of());
  }

  /** All that was added, and rows of other tables. */
  ExperimentTables named(String name, List<? extends SpecificRecord> more) {
    List<SpecificRecord> all = new ArrayList<>(more);
    all.addAll(cycles);
    all.addAll(epochs);
    all.addAll(layers);
    all.addAll(costs);
    all.addAll(failures);
    return ExperimentTables.of(name, all);
  }
}
