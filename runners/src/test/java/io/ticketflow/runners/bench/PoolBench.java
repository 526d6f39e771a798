package io.ticketflow.runners.bench;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.action.PoolAction;
import io.ticketflow.action.SoupAction;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Time of Lottery Pools for the 11th of 20 solutions and of a greedy soup of 8 particles of its
 * density, LeNet-300-100 on glyphs, over that of the recalibrations and validations that they need,
 * these measured alone. The networks are drawn: what they are worth changes nothing.
 */
public final class PoolBench {
  private static final int SOLUTIONS = 20;
  private static final int PARTICLES = 8;

  private PoolBench() {}

  /**
   * Runs the bench.
   *
   * @param args validation images, rounds
   */
  public static void main(String[] args) throws IOException {
    RunSpec spec = spec(Integer.parseInt(args[0]));
    DataSplits data = Datasets.load(spec.data());
    ModelGraph graph =
        ModelZoo.build(
            spec.model(),
            data.train().channels(),
            data.train().height(),
            data.train().width(),
            data.train().classes());
    ValidationSplit validator =
        new ValidationSplit(graph, data, 0, spec.evaluation(), new TorchCalculator(Device.cpu()));
    int rounds = Integer.parseInt(args[1]);
    for (int round = 0; round <= rounds; round++) {
      Workplace place = new Workplace(Files.createTempDirectory("pools").toString());
      List<SolutionRecord> solutions = solutions(place, spec, graph, 100L * round);
      int trials = 1 + (SOLUTIONS - 1) * spec.pool().coefficients().size();
      RunRecord run = run(spec);
      Worker worker = new Worker(place);
      Purpose purpose = Purpose.of(run, SOLUTIONS / 2);
      PoolTask task = new PoolTask("", run, "lottery", SOLUTIONS / 2, solutions);
      Time pool = Time.of(() -> worker.perform(PoolAction.of(place, spec, task), purpose));
      List<ArtifactRef> particles = new ArrayList<>();
      Masks masks = place.artifacts().loadMasks(solutions.get(SOLUTIONS / 2).getWeights());
      for (int i = 0; i < PARTICLES; i++) {
        TensorSet drawn = Initialisation.draw(graph, HE, i);
        masks.byName().forEach((name, mask) -> mask.applyTo(drawn.get(name).values()));
        particles.add(place.artifacts().save(drawn, masks));
      }
      Time soup = Time.of(() -> worker.perform(SoupAction.of(place, spec, particles), purpose));
      TensorSet network = place.artifacts().load(solutions.get(SOLUTIONS / 2).getWeights());
      Time alone =
          Time.of(
              () -> {
                for (int i = 0; i < trials; i++) {
                  validator.validate(network);
                }
              });
      print(round, "pool", pool, alone, trials, trials);
      print(round, "soup", soup, alone, 2 * PARTICLES - 1, trials);
      delete(Path.of(place.output()));
    }
  }

  private static void print(
      int round, String what, Time time, Time alone, int trials, int measured) {
    double share = (double) trials / measured;
    System.out.printf(
        Locale.ROOT,
        "%s%s %d trials: %.0f ms, alone %.0f ms, ratio %.2f by the wall, %.2f by processor time%n",
        round == 0 ? "(warm-up) " : "",
        what,
        trials,
        time.wall() * 1e3,
        alone.wall() * share * 1e3,
        time.wall() / (alone.wall() * share),
        time.processor() / (alone.processor() * share));
  }

  /** Solutions of 20 cycles, each with four fifths of the weights of the one before. */
  private static List<SolutionRecord> solutions(
      Workplace place, RunSpec spec, ModelGraph graph, long seed) {
    List<SolutionRecord> solutions = new ArrayList<>();
    for (int cycle = 0; cycle < SOLUTIONS; cycle++) {
      TensorSet drawn = Initialisation.draw(graph, HE, seed + cycle);
      Map<String, Mask> all = new LinkedHashMap<>();
      for (Tensor tensor : drawn.tensors()) {
        if (tensor.role() == TensorRole.PRUNABLE) {
          all.put(tensor.name(), Mask.full(tensor.values().length));
        }
      }
      long total = new Masks(all).total();
      long kept = spec.pruning().keptAfter(cycle, total);
      Masks masks =
          NetworkPruning.prune(
              drawn, new Masks(all), new MagnitudeRanking(), PruningSpec.Scope.GLOBAL, kept);
      masks.byName().forEach((name, mask) -> mask.applyTo(drawn.get(name).values()));
      solutions.add(
          new SolutionRecord(
              "bench",
              "imp",
              "",
              seed,
              cycle,
              (double) kept / total,
              kept,
              total,
              place.artifacts().save(drawn, masks),
              List.of()));
    }
    return solutions;
  }

  private static RunSpec spec(int validation) {
    int train = 10 * validation;
    return BenchSettings.run(
        "data: {train: " + train + ", test: 1, size: 28}",
        "training: {epochs: 1, batchSize: 64}",
        "pruning.cycles: " + (SOLUTIONS - 1),
        "particles: 1",
        "pool.kinds: lottery");
  }

  private static RunRecord run(RunSpec spec) {
    return RunRecord.newBuilder()
        .setRun("bench")
        .setMethod("imp")
        .setVariant("")
        .setDataset("glyphs")
        .setModel(spec.model().name())
        .setSeed(1)
        .setSpec(CanonicalJson.write(spec))
        .build();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> found;
    try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
      found = all.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      Files.delete(path);
    }
  }
}
