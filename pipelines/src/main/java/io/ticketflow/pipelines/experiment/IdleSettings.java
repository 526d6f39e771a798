package io.ticketflow.pipelines.experiment;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.measure.FisherInformation;
import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.measure.SynFlow;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.sparsify.MaskTimes;
import io.ticketflow.learn.train.IdleRates;
import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.IdleRun;
import io.ticketflow.spec.MaskStep;
import io.ticketflow.spec.RunSpec;
import java.util.Map;

/** Asks each thing that a run is made of which keys it makes nothing of. */
final class IdleSettings {
  private IdleSettings() {}

  /** From key to what it does in place of what it says; reads the run's data. */
  static Map<String, String> of(RunSpec run) {
    Networks networks = Networks.of(run);
    Images train = networks.data().train();
    ModelGraph graph = networks.graph();
    IdleKeys keys = new IdleKeys();
    IdleRun trainings = IdleRun.of(run);
    int batch = run.training().batchSize();
    long steps = new Batches(train.count(), batch, graph.smallestBatch()).count();
    trainings.idle(keys);
    keys.partly(
        batch > train.count(),
        "training.batchSize",
        "is more than the " + train.count() + " images of the train split");
    new IdleRates(trainings.trainings(), steps).idle(keys, run.training().schedule());
    MaskTimes.idle(keys, trainings.trainings(), steps);
    ModelZoo.idle(keys, run.model());
    graph.idle(keys);
    MaskStep.idle(keys, run);
    GradientScores.idle(keys, run.pruning().saliency(), train.count(), train.classes());
    FisherInformation.idle(keys, run.merging().images(), train.count());
    long total = networks.prunable(run).stream().mapToLong(ParameterSpec::size).sum();
    SynFlow.idle(
        keys, run.pruning().saliency().rounds(), total, run.keptIn(run.lastCycle(), total));
    Recalibration.idle(keys, graph, run.evaluation(), train.count());
    return keys.said();
  }
}
