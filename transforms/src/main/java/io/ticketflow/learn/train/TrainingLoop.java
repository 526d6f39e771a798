package io.ticketflow.learn.train;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.sparsify.Sparsifier;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.store.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A training from start to end, whatever engine computes its steps: epochs, rates, averaging,
 * validation, checkpoints, and the times at which masks change. For one thread.
 */
final class TrainingLoop implements AutoCloseable {
  private final TrainingJob job;
  private final Checkpoints checkpoints;
  private final FlatLayout layout;
  private final int images;
  private final Engine engine;
  private final LookAhead lookAhead;
  private final Sparsification sparsification;
  private final EpochPass pass;
  private final LiveValidation validation;
  private final Optional<WeightAverage> average;
  private final List<EpochPoint> points = new ArrayList<>();

  TrainingLoop(EngineFactory engines, TrainingJob job, DataSplits data, Checkpoints checkpoints) {
    this.job = job;
    this.checkpoints = checkpoints;
    images = data.train().count();
    layout = FlatLayout.of(job.graph());
    // Before an engine is opened, so that nothing is left open if a mask does not fit.
    layout.check(job.masks());
    int steps = job.batches(data.train()).count();
    Sparsifier rule = Sparsifier.of(job, steps);
    long carried = job.before().map(TrainingJob.Before::epochs).orElse(0);
    TrainingState start = start();
    average = start.average();
    EngineFactory.Start from =
        new EngineFactory.Start(
            start.network(),
            start.moments(),
            start
                .mask()
                .map(flags -> layout.masks(flags, job.masks().tensors()))
                .orElse(job.masks()),
            carried * steps + Sparsification.updatesBefore(rule, (long) points.size() * steps));
    engine = engines.open(job, data, from);
    lookAhead = new LookAhead(engines, job, data, rule);
    sparsification = new Sparsification(rule, layout, engine, lookAhead, from.masks());
    pass = new EpochPass(job, data.train(), sparsification);
    validation = new LiveValidation(job, data.validation(), engine);
  }

  TrainedNetwork run(EpochListener listener) {
    for (int epoch = job.startEpoch() + points.size() + 1; epoch <= job.endEpoch(); epoch++) {
      long begin = System.nanoTime();
      EpochPoint.Builder measures = pass.run(epoch);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      if (epoch > job.endEpoch() - job.swaEpochs()) {
        average.orElseThrow().add(engine.moved());
      }
      if (job.training().validatesAfter(epoch)) {
        validation.measure(epoch, measures);
      }
      EpochPoint point = measures.build();
      points.add(point);
      listener.finished(point, images / seconds);
      if (epoch < job.endEpoch() && checkpoints.isDue(epoch)) {
        checkpoints.save(new Checkpoint(epoch, points, state().write()));
      }
    }
    return result();
  }

  /** The weights that were moved, or the mean of them, under the masks of the end. */
  private TrainedNetwork result() {
    float[] moved = average.map(WeightAverage::mean).orElseGet(engine::moved);
    requireFinite(moved, points.get(points.size() - 1));
    Optional<TensorSet> latent =
        job.keepsDense() ? Optional.of(engine.tensors(moved.clone())) : spread();
    layout.prune(moved, sparsification.masks());
    return new TrainedNetwork(
        engine.tensors(moved),
        sparsification.masks(),
        latent,
        Optional.of(TrainingState.carried(engine.moments())),
        points,
        (long) points.size() * images * job.training().optimiser().passes() + lookAhead.images());
  }

  private Optional<TensorSet> spread() {
    return average.filter(any -> job.plan().spread()).map(kept -> engine.tensors(kept.spread()));
  }

  private TrainingState state() {
    return new TrainingState(
        engine.tensors(engine.moved()),
        engine.moments(),
        average,
        job.training().sparsifier().isInside()
            ? Optional.of(layout.flags(sparsification.masks()))
            : Optional.empty());
  }

  /** That of the newest checkpoint which fits this training, or its first state. */
  private TrainingState start() {
    Optional<Checkpoint> checkpoint =
        checkpoints.latest().filter(found -> isOfThisTraining(found.epochs()));
    if (checkpoint.isPresent()) {
      points.addAll(checkpoint.get().epochs());
      return TrainingState.read(checkpoint.get().state(), layout, job).forJob(job, layout);
    }
    return TrainingState.first(job, layout);
  }

  private boolean isOfThisTraining(List<EpochPoint> epochs) {
    return epochs.get(0).getEpoch() == job.startEpoch() + 1
        && epochs.size() < job.endEpoch() - job.startEpoch();
  }

  /** The loss is looked at before a step: what the last one did shows in the weights only. */
  private static void requireFinite(float[] weights, EpochPoint last) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw NonFiniteLossException.ofWeights(last.getEpoch(), last.getLearningRate());
      }
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
