package io.ticketflow.learn.torch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.StepRates;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.store.Checkpoint;
import io.ticketflow.store.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** One training from start to end, in one thread. */
final class TrainingRun implements AutoCloseable {
  private static final double BATCH_NORM_MOMENTUM = 0.1;

  private final TrainingJob job;
  private final TorchNetwork network;
  private final GradientStep gradient;
  private final Optimiser optimiser;
  private final ImageFeed feed;
  private final CrossEntropy loss;
  private final StepRates rates;
  private final LiveValidation validation;
  private final Checkpoints checkpoints;
  private final List<EpochPoint> points = new ArrayList<>();
  private final Optional<WeightAverage> average;

  TrainingRun(TrainingJob job, DataSplits data, Device device, Checkpoints checkpoints) {
    this.job = job;
    this.checkpoints = checkpoints;
    TrainingSpec spec = job.training();
    int count = data.train().count();
    int batch = Math.min(spec.batchSize(), count);
    long steps = ((long) count + spec.batchSize() - 1) / spec.batchSize();
    FlatLayout layout = FlatLayout.of(job.graph());
    Optional<float[]> mask = layout.mask(job.masks());
    TrainingState start = start(layout);
    network = new TorchNetwork(job.graph(), start.network(), device, BATCH_NORM_MOMENTUM);
    gradient = new GradientStep(network, spec.optimiser(), mask);
    optimiser = Optimiser.of(spec.optimiser(), moments(start.moments()), points.size() * steps);
    average = start.average();
    feed = new ImageFeed(data.train(), data.mean(), data.std(), batch);
    loss = new CrossEntropy(job.graph().classes(), spec.labelSmoothing());
    rates = new StepRates(job.plan(), job.hurt(), steps);
    validation = new LiveValidation(network, loss, data);
  }

  TrainedNetwork run(EpochListener listener) {
    for (int epoch = job.startEpoch() + points.size() + 1; epoch <= job.endEpoch(); epoch++) {
      boolean averaged = epoch > job.endEpoch() - job.swaEpochs();
      long begin = System.nanoTime();
      EpochPoint.Builder measures = epoch(epoch, averaged);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      if (averaged) {
        average.orElseThrow().add(network.flat().toFloatArray());
      }
      int every = job.training().validateEvery();
      if (every > 0 && epoch % every == 0) {
        validate(epoch, measures);
      }
      EpochPoint point = measures.build();
      points.add(point);
      listener.finished(point, feed.images().count() / seconds);
      if (epoch < job.endEpoch() && checkpoints.isDue(epoch)) {
        checkpoints.save(
            new Checkpoint(epoch, points, TrainingState.write(network, optimiser, average)));
      }
    }
    float[] weights = average.map(WeightAverage::mean).orElseGet(network.flat()::toFloatArray);
    requireFinite(weights, points.get(points.size() - 1));
    return new TrainedNetwork(
        network.tensors(weights),
        job.masks(),
        Optional.empty(),
        points,
        (long) points.size() * feed.images().count());
  }

  /** That of the newest checkpoint which fits this training, or its first state. */
  private TrainingState start(FlatLayout layout) {
    OptimiserSpec spec = job.training().optimiser();
    int moments = Optimiser.moments(spec);
    Optional<Checkpoint> checkpoint =
        checkpoints.latest().filter(found -> isOfThisTraining(found.epochs()));
    if (checkpoint.isPresent()) {
      TrainingState state = TrainingState.read(checkpoint.get().state(), layout, moments);
      points.addAll(checkpoint.get().epochs());
      return job.swaEpochs() > 0 && state.average().isEmpty()
          ? new TrainingState(state.network(), state.moments(), newAverage(layout))
          : state;
    }
    return new TrainingState(masked(job), List.of(), newAverage(layout));
  }

  /** Those of a checkpoint, or 0: made on the device, for they are as large as the network. */
  private List<PtNDArray> moments(List<float[]> kept) {
    return kept.isEmpty()
        ? Stream.generate(() -> (PtNDArray) network.flat().zerosLike())
            .limit(Optimiser.moments(job.training().optimiser()))
            .toList()
        : kept.stream().map(network::onDevice).toList();
  }

  private Optional<WeightAverage> newAverage(FlatLayout layout) {
    return job.swaEpochs() == 0 ? Optional.empty() : Optional.of(new WeightAverage(layout.size()));
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

  /** The weights to start from; pruned ones are +0, where a product with 0 might be −0. */
  private static TensorSet masked(TrainingJob job) {
    return TensorSet.of(
        job.start().tensors().stream()
            .map(
                tensor -> {
                  Mask mask = job.masks().get(tensor.name());
                  if (mask == null) {
                    return tensor;
                  }
                  float[] kept = tensor.values().clone();
                  mask.applyTo(kept);
                  return tensor.withValues(kept);
                })
            .toList());
  }

  /** State of the optimiser, for tests of what pruned entries carry. */
  Optimiser optimiser() {
    return optimiser;
  }

  private EpochPoint.Builder epoch(int epoch, boolean averaged) {
    int count = feed.images().count();
    int batchSize = job.training().batchSize();
    int[] order = job.draws().order(epoch).permutation(count);
    Optional<Augmentation> augmentation = Augmentation.of(job.data(), job.draws().augment(epoch));
    double lossSum = 0;
    int correct = 0;
    double rate = 0;
    int step = 0;
    long stepsBefore = (epoch - 1L) * ((count + batchSize - 1) / batchSize);
    for (int from = 0; from < count; from += batchSize, step++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the training was interrupted in epoch " + epoch);
      }
      int to = Math.min(count, from + batchSize);
      rate = rate(averaged, stepsBefore + step);
      BatchResult result = step(order, from, to, augmentation, rate);
      if (!Double.isFinite(result.loss())) {
        throw NonFiniteLossException.ofStep(epoch, step + 1, rate, result.loss());
      }
      lossSum += result.loss() * (to - from);
      correct += result.correct();
    }
    return EpochPoint.newBuilder()
        .setEpoch(epoch)
        .setLearningRate(rate)
        .setTrainLoss(lossSum / count)
        .setTrainAccuracy((double) correct / count);
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

  private double rate(boolean averaged, long step) {
    if (averaged) {
      return job.training().swa().learningRate();
    }
    return rates.at(step);
  }

  /** A step; weights are left alone if the loss is not finite. */
  private BatchResult step(
      int[] order, int from, int to, Optional<Augmentation> augmentation, double rate) {
    try (PtNDManager step = network.newManager()) {
      PtNDArray images = feed.load(step, order, from, to, augmentation);
      int[] labels = feed.images().labels();
      PtNDArray logProbabilities;
      double value;
      JniUtils.setGradMode(true);
      try {
        logProbabilities = LayerForward.logProbabilities(network.forward(images, true));
        PtNDArray batchLoss = loss.loss(logProbabilities, labels, order, from, to);
        value = batchLoss.getFloat();
        if (Double.isFinite(value)) {
          JniUtils.backward(batchLoss, HostMemory.scalar(step, 1), false, false);
        }
      } finally {
        JniUtils.setGradMode(false);
      }
      if (Double.isFinite(value)) {
        gradient.apply(optimiser, rate, step);
      }
      float[] rows = logProbabilities.toFloatArray();
      return new BatchResult(
          value, CrossEntropy.correct(rows, loss.classes(), labels, order, from, to));
    }
  }

  @Override
  public void close() {
    validation.close();
    feed.close();
    network.close();
  }

  private record BatchResult(double loss, int correct) {}
}
