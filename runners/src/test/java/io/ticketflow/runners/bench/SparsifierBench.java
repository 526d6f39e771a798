package io.ticketflow.runners.bench;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.math.Mask;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.TrainingSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a sparsifier inside a training costs: processor time and wall time of a training with each
 * of them over that of the same training under a static mask of the final density, on glyphs.
 */
public final class SparsifierBench {
  private static final double DENSITY = 0.1;

  private SparsifierBench() {}

  /**
   * Runs the bench.
   *
   * @param args rounds; of each ratio the median over the rounds is printed
   */
  public static void main(String[] args) {
    int rounds = Integer.parseInt(args[0]);
    ModelGraph lenet =
        ModelZoo.build(new ModelSpec("lenet-300-100", 0, "cifar", HE), 1, 28, 28, 10);
    compare("LeNet-300-100, batch 60, a change every 100 steps", lenet, 6000, 60, 5, 100, rounds);
    ModelGraph resnet = ModelZoo.build(new ModelSpec("resnet-20", 0, "cifar", HE), 3, 32, 32, 10);
    compare("ResNet-20, batch 32, a change every 10 steps", resnet, 320, 32, 3, 10, rounds);
  }

  private record Seconds(double processor, double wall) {}

  private static void compare(
      String what, ModelGraph graph, int images, int batch, int epochs, int interval, int rounds) {
    DataSpec data =
        BenchSettings.run(
                "data: {train: " + images + ", test: 1, validation: 0, seed: 1}",
                "data.channels: " + graph.channels())
            .data();
    DataSplits splits = Datasets.load(data);
    Map<SparsifierSpec.Name, List<double[]>> ratios = new LinkedHashMap<>();
    System.out.println(what);
    time(job(graph, data, batch, epochs, interval, SparsifierSpec.Name.STATIC), splits);
    for (int round = 0; round < rounds; round++) {
      for (SparsifierSpec.Name name : SparsifierSpec.Name.values()) {
        // Beside each its own static one, and STATIC shows the noise.
        Seconds fixed =
            time(job(graph, data, batch, epochs, interval, SparsifierSpec.Name.STATIC), splits);
        Seconds inside = time(job(graph, data, batch, epochs, interval, name), splits);
        ratios
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(
                new double[] {
                  inside.processor() / fixed.processor(), inside.wall() / fixed.wall()
                });
      }
    }
    ratios.forEach(
        (name, all) ->
            System.out.printf(
                Locale.ROOT,
                "  %-6s %+6.1f %% by processor time, %+6.1f %% by the wall%n",
                name,
                100 * (median(all, 0) - 1),
                100 * (median(all, 1) - 1)));
  }

  private static Seconds time(TrainingJob job, DataSplits data) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long processor = threads.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    new TorchTrainer(Device.cpu()).train(job, data, EpochListener.NONE);
    return new Seconds(
        (threads.getCurrentThreadCpuTime() - processor) * 1e-9, (System.nanoTime() - wall) * 1e-9);
  }

  private static TrainingJob job(
      ModelGraph graph,
      DataSpec data,
      int batch,
      int epochs,
      int interval,
      SparsifierSpec.Name name) {
    TrainingSpec training =
        BenchSettings.run(
                "training.epochs: " + epochs,
                "training.batchSize: " + batch,
                "training: {validateEvery: 0, schedule.learningRate: 0.05, swa.fraction: 0}",
                "training.sparsifier.name: " + name,
                "training.sparsifier.interval: " + interval,
                "training.sparsifier: {segments: 1, phaseEpochs: 1}")
            .training();
    SparsifierSpec sparsifier = training.sparsifier();
    TensorSet start = Initialisation.draw(graph, HE, 1);
    Map<String, Mask> all = new LinkedHashMap<>();
    for (Tensor tensor : start.tensors()) {
      if (tensor.role() == TensorRole.PRUNABLE) {
        all.put(tensor.name(), Mask.full(tensor.values().length));
      }
    }
    Masks full = new Masks(all);
    long kept = Math.round(DENSITY * full.kept());
    boolean sparse = name == SparsifierSpec.Name.STATIC || sparsifier.regrows();
    Masks masks =
        sparse
            ? NetworkPruning.prune(
                start, full, new RandomRanking(1), PruningSpec.Scope.GLOBAL, kept)
            : full;
    return new TrainingJob(
        graph,
        new ParticleTraining(training, 0, epochs, RateSpec.SCHEDULE, 0, 0),
        0,
        start,
        masks,
        kept,
        PruningSpec.Scope.GLOBAL,
        data,
        new DrawKey(1, 0, 0));
  }

  private static double median(List<double[]> all, int column) {
    List<Double> sorted = new ArrayList<>();
    all.forEach(row -> sorted.add(row[column]));
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
