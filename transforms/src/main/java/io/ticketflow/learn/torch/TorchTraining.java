package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A network in training, with libtorch. */
final class TorchTraining implements Engine {
  private static final int VALIDATION_BATCH = 500;

  private final TorchNetwork network;
  private final MaskedWeights weights;
  private final Optimiser optimiser;
  private final ImageFeed feed;
  private final TrainingStep step;
  private final LiveLogits validation;

  TorchTraining(TrainingJob job, DataSplits data, EngineFactory.Start start, Device device) {
    ScriptCheck.refuseWrongConvolutions(job.graph(), device);
    OptimiserSpec spec = job.training().stepwise();
    network = new TorchNetwork(job.graph(), start.network(), device, OptionalDouble.empty());
    weights =
        new MaskedWeights(
            network, start.masks(), job.keepsDense(), job.training().sparsifier().isInside());
    optimiser = Optimiser.of(spec, moments(spec, start.moments()), start.updates());
    feed =
        new ImageFeed(data.train(), data.mean(), data.std(), job.batches(data.train()).largest());
    step =
        new TrainingStep(
            network,
            feed,
            new CrossEntropy(job.graph().classes(), job.training().labelSmoothing()),
            new GradientStep(network, weights, job.training()),
            optimiser,
            spec.samRadius() > 0
                ? Optional.of(new SharpnessAscent(network, weights, spec.samRadius()))
                : Optional.empty());
    validation = new LiveLogits(job.graph(), network, data, VALIDATION_BATCH);
  }

  /** Those that are there, or 0: made on the device, for they are as large as the network. */
  private List<PtNDArray> moments(OptimiserSpec spec, List<float[]> kept) {
    return kept.isEmpty()
        ? Stream.generate(() -> (PtNDArray) network.flat().zerosLike())
            .limit(spec.moments())
            .toList()
        : kept.stream().map(network::onDevice).toList();
  }

  @Override
  public double step(Batch batch, double learningRate) {
    return step.move(batch, learningRate);
  }

  @Override
  public double look(Batch batch, Consumer<float[]> gradient) {
    return step.look(batch, gradient);
  }

  @Override
  public int correct() {
    return step.correct();
  }

  @Override
  public void change(MaskChange change) {
    weights.change(change, optimiser.state());
  }

  @Override
  public float[] moved() {
    return weights.moved().toFloatArray();
  }

  @Override
  public List<float[]> moments() {
    return optimiser.state().stream().map(PtNDArray::toFloatArray).toList();
  }

  @Override
  public TensorSet tensors(float[] trained) {
    return network.tensors(trained);
  }

  @Override
  public void validate(LogitsReader reader) {
    validation.read(reader);
  }

  @Override
  public void close() {
    validation.close();
    feed.close();
    network.close();
  }
}
