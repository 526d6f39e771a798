package io.ticketflow.learn.measure;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.torch.LossGradient;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A program that takes training steps with convolutions of every sort, and compares their gradients
 * with nested loops in doubles. Each line that it prints says what it tries next, so that the last
 * one names what a process died of.
 */
final class ConvolutionSweep {
  private static final double CLOSE = 1e-4;

  /** The engine takes convolutions of 16 images and more to oneDNN, whatever their kernel. */
  private static final int BATCH = 16;

  private ConvolutionSweep() {}

  public static void main(String[] args) {
    for (int width = 1; width <= 20; width++) {
      for (int kernel : width % 5 == 3 ? new int[] {1, 3, 5, 7} : new int[] {1, 3}) {
        for (int stride : new int[] {1, 2, 3}) {
          int side = 6 + (width + kernel + stride) % 3;
          int last = 1 + (width + stride) % BATCH;
          layer(width, kernel, stride, side, last);
          if (kernel < stride) { // where some pixels are under no window: every size of the images
            layer(width, kernel, stride, side + 1, last);
            layer(width, kernel, stride, side + 6, 1);
          }
        }
      }
      for (int channels : new int[] {1, 3}) {
        train("resnet-20", width, channels, 8 + width % 3, 1 + width % BATCH);
      }
    }
    for (String name :
        List.of("lenet-5", "conv-6", "resnet-18", "vgg-11", "wrn-16-1", "airbench94")) {
      train(name, 0, 3, 32, 3);
    }
    System.out.println("all sound");
  }

  /** Gradients through a stem, the convolution in question and a linear layer. */
  private static void layer(int width, int kernel, int stride, int side, int last) {
    System.out.printf(
        "convolution of %d channels, kernel %d, stride %d, images of %d, last batch of %d%n",
        width, kernel, stride, side, last);
    Layer.Conv conv = new Layer.Conv(width, 2 * width, kernel, stride, kernel / 2, false);
    int out = (side + 2 * conv.padding() - kernel) / stride + 1;
    ModelGraph graph =
        new ModelGraph(
            3,
            side,
            side,
            Fixtures.CLASSES,
            List.of(
                node("stem", new Layer.Conv(3, width, 3, 1, 1, false), ModelGraph.INPUT),
                node("conv", conv, "stem"),
                node("flat", new Layer.Flatten(), "conv"),
                node(
                    "fc",
                    new Layer.Linear(2 * width * out * out, Fixtures.CLASSES, true),
                    "flat")));
    compare(graph, Fixtures.data(graph, BATCH + last, 0));
  }

  private static void compare(ModelGraph graph, DataSplits data) {
    TensorSet weights =
        TensorSet.of(
            Fixtures.weights(graph, 4).tensors().stream().map(ConvolutionSweep::tamed).toList());
    int[] all = IntStream.range(0, data.train().count()).toArray();
    TensorSet found =
        LossGradient.gradient(
            graph,
            weights,
            Fixtures.fullMasks(graph),
            data,
            new ImageSample(all, BATCH),
            Device.cpu());
    Map<String, double[]> expected =
        new HashMap<>(
            new PlainNetwork(graph, weights, true)
                .lossGradients(ScoredNet.normalised(data.train(), data), data.train().labels(), 1));
    for (Tensor tensor : found.tensors()) {
      double[] sum = PlainNetwork.get(expected, tensor.name());
      double largest = Arrays.stream(sum).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < sum.length; i++) {
        double off = Math.abs(tensor.values()[i] * (double) all.length - sum[i]);
        if (!(off <= CLOSE * largest)) {
          throw new AssertionError(
              tensor.name() + " " + i + " is off by " + off + " of " + largest);
        }
      }
    }
  }

  /** Divided by the root of the fan-in, so that logits stay near 1 for any width. */
  private static Tensor tamed(Tensor tensor) {
    float[] values = tensor.values().clone();
    double root = Math.sqrt((double) values.length / tensor.shape().get(0));
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) root;
    }
    return tensor.withValues(values);
  }

  /** A training of one epoch: a full batch, and a last one. */
  private static void train(String name, int width, int channels, int side, int last) {
    System.out.printf(
        "%s of width %d, %d channels, images of %d, last batch of %d%n",
        name, width, channels, side, last);
    ModelGraph graph =
        ModelZoo.build(
            new ModelSpec(name, width, "cifar", HE), channels, side, side, Fixtures.CLASSES);
    TrainingSpec training =
        Fixtures.training(1, BATCH, Fixtures.sgd(0.9, false, 1e-4), Fixtures.constant(1e-4));
    new TorchTrainer(Device.cpu())
        .train(
            Fixtures.job(graph, training, Fixtures.masks(graph)),
            Fixtures.data(graph, BATCH + last, 5),
            EpochListener.NONE,
            Checkpoints.NONE);
  }

  private static Node node(String name, Layer layer, String input) {
    return new Node(name, layer, List.of(input));
  }
}
