package io.ticketflow.runners.bench;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Images a second of one thread with each engine, by density; the median of epochs but the first.
 */
public final class EngineBench {
  private static final String[] DENSITIES = {"1", "0.5", "0.2", "0.05", "0.02", "0.01"};

  private EngineBench() {}

  /**
   * Runs the bench.
   *
   * @param args a model; the data set, its folder and keys as YAML; engine; epochs; densities
   */
  public static void main(String[] args) {
    RunSpec run =
        BenchSettings.run(
            "model.name: " + args[0],
            "data: {" + args[1] + ", test: 1, validation: 0}",
            "training: {epochs: " + args[3] + ", schedule: {name: cosine, learningRate: 0.1}}");
    DataSplits data = Datasets.load(run.data());
    ModelGraph graph =
        ModelZoo.build(
            run.model(),
            data.train().channels(),
            data.train().height(),
            data.train().width(),
            data.train().classes());
    TensorSet start = Initialisation.draw(graph, run.model().initialisation(), 1);
    Calculator engine =
        args[2].equals("java")
            ? new VectorCalculator(Integer.getInteger("threads", 1))
            : new TorchCalculator(Device.cpu());
    for (String density : args.length > 4 ? args[4].split(",", -1) : DENSITIES) {
      Map<String, Mask> whole = new LinkedHashMap<>();
      for (ParameterSpec each : graph.prunable(Exclusions.NONE)) {
        whole.put(each.name(), Mask.full(Math.toIntExact(each.size())));
      }
      Masks full = new Masks(whole);
      long kept = Math.round(full.total() * Double.parseDouble(density));
      Masks masks =
          NetworkPruning.prune(start, full, new MagnitudeRanking(), PruningSpec.Scope.GLOBAL, kept);
      TrainingJob job =
          new TrainingJob(
              graph,
              ParticleTraining.dense(run.training(), run.training().epochs()),
              0,
              start,
              masks,
              kept,
              PruningSpec.Scope.GLOBAL,
              run.data(),
              new DrawKey(1, 0, 0));
      List<Double> rates = new ArrayList<>();
      engine.trainer().train(job, data, (point, rate) -> rates.add(rate));
      List<Double> later = rates.subList(1, rates.size()).stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%s %s %s %.0f images/s%n",
          args[2],
          args[0],
          density,
          later.get(later.size() / 2));
    }
  }
}
