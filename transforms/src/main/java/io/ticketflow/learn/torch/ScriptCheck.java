package io.ticketflow.learn.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.script.ScriptFile;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.spec.UserException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tries a TorchScript classifier on a few images before anything is trained. */
public final class ScriptCheck {
  private static final int IMAGES = 4;
  private static final OptionalDouble AS_IN_TRAINING = OptionalDouble.empty();

  private ScriptCheck() {}

  /**
   * Accepts a network that brings its own weights if it runs on its images, gives a logit a class,
   * repeats itself in training, and takes BatchNorm's statistics in training and uses them in
   * measuring. Other networks are accepted as they are.
   *
   * @param file names it in messages
   * @throws UserException in a sentence, if it does not
   */
  public static void check(ModelGraph graph, String file) {
    if (graph.ownWeights().isEmpty()) {
      return;
    }
    try (TorchNetwork network =
        new TorchNetwork(graph, graph.ownWeights().get(), Device.cpu(), AS_IN_TRAINING)) {
      check(network, graph, file);
      refuseWrongConvolutions(graph, Device.cpu());
    } catch (EngineException e) {
      String images = graph.channels() + "×" + graph.height() + "×" + graph.width();
      throw refused(file, "it fails on images of " + images + ": " + reason(e));
    }
  }

  /**
   * Refuses a network with convolutions that this machine's libtorch computes wrong on the CPU: see
   * {@link TorchDevices#convolves}. A program's own convolutions cannot be led around it.
   *
   * @throws UserException naming the tensor
   */
  static void refuseWrongConvolutions(ModelGraph graph, Device device) {
    if (device.isGpu()) {
      return;
    }
    for (Node node : graph.nodes()) {
      if (node.layer() instanceof Layer.Script script) {
        refuseWrongConvolutions(script.file());
      }
    }
  }

  private static void refuseWrongConvolutions(ScriptFile file) {
    for (Tensor tensor : file.tensors().tensors()) {
      List<Long> shape = tensor.shape();
      if (shape.size() == 4
          && (!fills(shape.get(0)) || (shape.get(1) > Convolution.RGB && !fills(shape.get(1))))
          && !Convolution.isSound()) {
        throw refused(
            file.name(),
            "libtorch computes convolutions wrong on this processor where channels are no multiple"
                + " of 16, as those of "
                + tensor.name()
                + " are; another machine, a GPU or the variable ONEDNN_MAX_CPU_ISA=SSE41 is right");
      }
    }
  }

  private static boolean fills(long channels) {
    return channels % Convolution.BLOCK == 0;
  }

  private static void check(TorchNetwork network, ModelGraph graph, String file) {
    try (PtNDManager pass = network.newManager()) {
      Shape shape = new Shape(IMAGES, graph.channels(), graph.height(), graph.width());
      float[] pixels = new float[(int) shape.size()];
      KeyedRandom draws = KeyedRandom.of(0, "script-check");
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) draws.nextGaussian();
      }
      PtNDArray images = HostMemory.array(pass, pixels, shape);
      Map<String, float[]> before = statistics(network);
      PtNDArray logits = network.forward(images, false);
      if (!logits.getShape().equals(new Shape(IMAGES, graph.classes()))) {
        throw refused(
            file,
            "its output for a batch must be of shape "
                + new Shape(IMAGES, graph.classes())
                + ", got "
                + logits.getShape());
      }
      if (!same(before, statistics(network))) {
        throw refused(
            file,
            "its BatchNorm takes statistics in measuring too: a trace keeps the mode that it was"
                + " made in, torch.jit.script does not");
      }
      float[] first = network.forwardAside(images, Optional.empty()).toFloatArray();
      if (!Arrays.equals(first, network.forwardAside(images, Optional.empty()).toFloatArray())) {
        throw refused(
            file,
            "the same images give other outputs each time in training: dropout and other draws of"
                + " the program would make no result repeatable");
      }
      network.forward(images, true);
      if (!before.isEmpty() && same(before, statistics(network))) {
        throw refused(
            file,
            "its BatchNorm takes no statistics in training: a trace keeps the mode that it was made"
                + " in, torch.jit.script does not");
      }
    }
  }

  private static Map<String, float[]> statistics(TorchNetwork network) {
    Map<String, float[]> values = new HashMap<>();
    network.buffers().forEach((spec, array) -> values.put(spec.name(), array.toFloatArray()));
    return values;
  }

  private static boolean same(Map<String, float[]> a, Map<String, float[]> b) {
    return a.entrySet().stream()
        .allMatch(entry -> Arrays.equals(entry.getValue(), b.get(entry.getKey())));
  }

  private static UserException refused(String file, String why) {
    return UserException.of("model.torchscript %s cannot be trained: %s", file, why);
  }

  /** The last line of a trace of TorchScript says what happened. */
  private static String reason(EngineException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((a, b) -> b)
        .orElse("")
        .strip();
  }
}
