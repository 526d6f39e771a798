package io.ticketflow.runners.gpu;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.LoopTrainer;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.network.TensorSet;
import java.util.List;
import java.util.function.Consumer;

/** libtorch on the CPU with one fault. */
final class WrongEngines {
  private static final EngineFactory RIGHT = TorchTrainer.engines(Device.cpu());

  private WrongEngines() {}

  /** What goes wrong in a step and in what is left at the end. */
  interface Fault {
    default double rate(double rate) {
      return rate;
    }

    default double loss(double loss) {
      return loss;
    }

    default TensorSet end(TensorSet network) {
      return network;
    }

    default void close() {}
  }

  static Trainer with(Fault fault) {
    return new LoopTrainer((job, data, start) -> new Faulty(RIGHT.open(job, data, start), fault));
  }

  private record Faulty(Engine right, Fault fault) implements Engine {
    @Override
    public double step(Batch batch, double learningRate) {
      return fault.loss(right.step(batch, fault.rate(learningRate)));
    }

    @Override
    public double look(Batch batch, Consumer<float[]> gradient) {
      return right.look(batch, gradient);
    }

    @Override
    public int correct() {
      return right.correct();
    }

    @Override
    public void change(MaskChange change) {
      right.change(change);
    }

    @Override
    public float[] moved() {
      return right.moved();
    }

    @Override
    public List<float[]> moments() {
      return right.moments();
    }

    @Override
    public TensorSet tensors(float[] trained) {
      return fault.end(right.tensors(trained));
    }

    @Override
    public void validate(LogitsReader reader) {
      right.validate(reader);
    }

    @Override
    public void close() {
      fault.close();
      right.close();
    }
  }
}
