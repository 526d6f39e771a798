package io.ticketflow.learn.torch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.sparsify.Sparsifier;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.store.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One training from start to end, in one thread. */
final class TrainingRun implements AutoCloseable {
  private static final double BATCH_NORM_MOMENTUM = 0.1;

  private final TrainingJob job;
  private final TorchNetwork network;
  private final MaskedWeights weights;
  private final Optimiser optimiser;
  private final ImageFeed feed;
  private final EpochPass pass;
  private final LiveValidation validation;
  private final Checkpoints checkpoints;
  private final List<EpochPoint> points = new ArrayList<>();
  private final Optional<WeightAverage> average;

  TrainingRun(TrainingJob job, DataSplits data, Device device, Checkpoints checkpoints) {
    this.job = job;
    this.checkpoints = checkpoints;
    TrainingSpec spec = job.training();
    Batches batches = EpochPass.batches(job, data.train());
    int steps = batches.count();
    Sparsifier sparsifier = Sparsifier.of(job, steps);
    FlatLayout layout = FlatLayout.of(job.graph());
    // Before anything is allocated, so that nothing is left open if a mask does not fit.
    layout.check(job.masks());
    TrainingState start = start(layout);
    average = start.average();
    network = new TorchNetwork(job.graph(), start.network(), device, BATCH_NORM_MOMENTUM);
    weights =
        new MaskedWeights(
            network,
            start
                .mask()
                .map(flags -> layout.masks(flags, job.masks().keySet()))
                .orElse(job.masks()),
            keepsDense(spec),
            spec.sparsifier().isInside());
    optimiser =
        Optimiser.of(
            spec.optimiser(),
            moments(start.moments()),
            updatesBefore((long) points.size() * steps, sparsifier));
    GradientStep update = new GradientStep(network, weights, spec.optimiser());
    feed = new ImageFeed(data.train(), data.mean(), data.std(), batches.largest());
    CrossEntropy loss = new CrossEntropy(job.graph().classes(), spec.labelSmoothing());
    Sparsification sparsification = new Sparsification(sparsifier, network, weights, optimiser);
    TrainingStep step =
        new TrainingStep(
            network, feed, loss, update, optimiser, sparsification, ascent(spec.optimiser()));
    pass = new EpochPass(job, data.train(), step, sparsification);
    validation = new LiveValidation(job.graph(), network, loss, data);
  }

  TrainedNetwork run(EpochListener listener) {
    for (int epoch = job.startEpoch() + points.size() + 1; epoch <= job.endEpoch(); epoch++) {
      boolean averaged = epoch > job.endEpoch() - job.swaEpochs();
      long begin = System.nanoTime();
      EpochPoint.Builder measures = pass.run(epoch);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      if (averaged) {
        average.orElseThrow().add(weights.moved().toFloatArray());
      }
      if (job.training().validatesAfter(epoch)) {
        validate(epoch, measures);
      }
      EpochPoint point = measures.build();
      points.add(point);
      listener.finished(point, feed.images().count() / seconds);
      if (epoch < job.endEpoch() && checkpoints.isDue(epoch)) {
        checkpoints.save(new Checkpoint(epoch, points, state().write()));
      }
    }
    return result();
  }

  /** The weights that were moved, or the mean of them, under the masks of the end. */
  private TrainedNetwork result() {
    float[] moved = average.map(WeightAverage::mean).orElseGet(weights.moved()::toFloatArray);
    requireFinite(moved, points.get(points.size() - 1));
    Optional<TensorSet> latent =
        weights.keepsDense() ? Optional.of(network.tensors(moved)) : Optional.empty();
    network.layout().prune(moved, weights.masks());
    return new TrainedNetwork(
        network.tensors(moved),
        weights.masks(),
        latent,
        points,
        (long) points.size() * feed.images().count() * job.training().optimiser().passes());
  }

  private TrainingState state() {
    return new TrainingState(
        network.tensors(weights.moved().toFloatArray()),
        optimiser.state().stream().map(PtNDArray::toFloatArray).toList(),
        average,
        job.training().sparsifier().isInside()
            ? Optional.of(network.layout().flags(weights.masks()))
            : Optional.empty());
  }

  /** That of the newest checkpoint which fits this training, or its first state. */
  private TrainingState start(FlatLayout layout) {
    int moments = Optimiser.moments(job.training().optimiser());
    Optional<Checkpoint> checkpoint =
        checkpoints.latest().filter(found -> isOfThisTraining(found.epochs()));
    if (checkpoint.isPresent()) {
      points.addAll(checkpoint.get().epochs());
      return TrainingState.read(checkpoint.get().state(), layout, moments).forJob(job, layout);
    }
    return TrainingState.first(job, layout, keepsDense(job.training()));
  }

  /** Whether dense weights lie behind the sparse ones; those outside the masks count too. */
  private static boolean keepsDense(TrainingSpec spec) {
    return spec.sparsifier().name().keepsDense();
  }

  /** Those of a checkpoint, or 0: made on the device, for they are as large as the network. */
  private List<PtNDArray> moments(List<float[]> kept) {
    return kept.isEmpty()
        ? Stream.generate(() -> (PtNDArray) network.flat().zerosLike())
            .limit(Optimiser.moments(job.training().optimiser()))
            .toList()
        : kept.stream().map(network::onDevice).toList();
  }

  /** How often the optimiser has moved the weights: not where masks changed instead. */
  private static long updatesBefore(long step, Sparsifier sparsifier) {
    return LongStream.range(0, step)
        .filter(at -> sparsifier.when(at) != Sparsifier.When.INSTEAD)
        .count();
  }

  private Optional<SharpnessAscent> ascent(OptimiserSpec spec) {
    return spec.samRadius() > 0
        ? Optional.of(new SharpnessAscent(network, weights, spec.samRadius()))
        : Optional.empty();
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

  /** State of the optimiser, for tests of what pruned entries carry. */
  Optimiser optimiser() {
    return optimiser;
  }

  private void validate(int epoch, EpochPoint.Builder measures) {
    try {
      validation
          .measure()
          .ifPresent(
              scores -> {
                measures.setValidationLoss(scores.loss());
                measures.setValidationAccuracy(scores.accuracy());
              });
    } catch (ArithmeticException e) {
      throw NonFiniteLossException.ofValidation(epoch, measures.getLearningRate());
    }
  }

  @Override
  public void close() {
    validation.close();
    feed.close();
    network.close();
  }
}
