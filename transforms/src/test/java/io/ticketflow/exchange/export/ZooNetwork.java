package io.ticketflow.exchange.export;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.torch.LogitsPass;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.ModelSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * A network of the zoo that has been pruned, with whole channels among what is gone, and whose
 * BatchNorm has the statistics of its images.
 */
record ZooNetwork(ModelSpec model, ModelGraph graph, SparseNetwork network, DataSplits data) {
  /**
   * The last BatchNorm of what a block adds. It is small beside what the block passes on, as in
   * trained networks; else rounding grows from block to block, in every program alike.
   */
  private static final Pattern ADDED = Pattern.compile("layer\\d\\.\\d+\\.bn[23]\\..*");

  private static final int IMAGES = 4;
  private static final int CLASSES = 10;

  /**
   * @param density of single weights, before channels go
   * @param dead share of the outputs, and of the inputs, of every layer that lose all weights
   */
  static ZooNetwork of(ModelSpec model, int channels, int side, double density, double dead) {
    SplittableRandom random = new SplittableRandom(model.name().hashCode());
    ModelGraph graph = ModelZoo.build(model, channels, side, side, CLASSES);
    List<Tensor> tensors = new ArrayList<>();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      float[] values = draw(spec, density, random);
      if (spec.role() == TensorRole.PRUNABLE) {
        Mask mask = mask(spec, values.length, density, dead, random);
        mask.applyTo(values);
        masks.put(spec.name(), mask);
      }
      tensors.add(new Tensor(spec.name(), spec.role(), spec.shape(), values));
    }
    byte[] pixels = new byte[IMAGES * channels * side * side];
    random.nextBytes(pixels);
    Images images = new Images(channels, side, side, CLASSES, pixels, new int[IMAGES]);
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = 0.4f + 0.1f * c;
      std[c] = 0.3f - 0.05f * c;
    }
    DataSplits data = new DataSplits(images, images, images, mean, std);
    EvaluationSpec evaluation = new EvaluationSpec(IMAGES, IMAGES, 0, 15, false);
    TensorSet recalibrated =
        Recalibration.recalibrate(
            graph, TensorSet.of(tensors), data, evaluation, new TorchCalculator(Device.cpu()));
    return new ZooNetwork(model, graph, new SparseNetwork(recalibrated, new Masks(masks)), data);
  }

  private static float[] draw(ParameterSpec spec, double density, SplittableRandom random) {
    float[] values = new float[(int) spec.size()];
    double fanIn = spec.size() / (double) spec.shape().get(0) * density;
    for (int i = 0; i < values.length; i++) {
      double uniform = 2 * random.nextDouble() - 1;
      values[i] =
          switch (spec.role()) {
            case PRUNABLE -> (float) (uniform * Math.sqrt(3 / fanIn));
            case DENSE ->
                (float) (spec.name().endsWith("weight") ? 1 + 0.3 * uniform : 0.3 * uniform)
                    * (ADDED.matcher(spec.name()).matches() ? 0.3f : 1);
            case BUFFER ->
                spec.shape().size() > 1
                    ? (float) (uniform * Math.sqrt(3 * density / fanIn))
                    : spec.name().endsWith("running_mean") ? 0 : 1;
          };
    }
    return values;
  }

  private static Mask mask(
      ParameterSpec spec, int size, double density, double dead, SplittableRandom random) {
    int outputs = Math.toIntExact(spec.shape().get(0));
    int inputs = Math.toIntExact(spec.shape().get(1));
    boolean[] deadOutputs = new boolean[outputs];
    boolean[] deadInputs = new boolean[inputs];
    for (int o = 0; o < outputs; o++) {
      deadOutputs[o] = random.nextDouble() < dead;
    }
    for (int i = 0; i < inputs; i++) {
      deadInputs[i] = random.nextDouble() < dead;
    }
    int kernel = size / outputs / inputs;
    BitSet kept = new BitSet(size);
    for (int i = 0; i < size; i++) {
      boolean gone = deadOutputs[i / (inputs * kernel)] || deadInputs[i / kernel % inputs];
      kept.set(i, !gone && random.nextDouble() < density);
    }
    return Mask.of(kept, size);
  }

  /** The engine's logits, a row an image. */
  static float[] logits(ModelGraph graph, TensorSet network, DataSplits data) {
    List<float[]> all = new ArrayList<>();
    try (LogitsPass pass = new LogitsPass(graph, List.of(network), Device.cpu())) {
      pass.over(data.test(), data, IMAGES, (logits, from, to) -> all.add(logits.get(0)));
    }
    return all.get(0);
  }

  float[] logits() {
    return logits(graph, network.weights(), data);
  }

  /** From 0 to 1. */
  float[] pixels() {
    byte[] bytes = data.test().pixels();
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (bytes[i] & 0xFF) / 255f;
    }
    return pixels;
  }

  /** As the network takes them. */
  float[] images() {
    float[] images = pixels();
    int plane = graph.height() * graph.width();
    for (int i = 0; i < images.length; i++) {
      int channel = i / plane % graph.channels();
      images[i] = (images[i] - data.mean()[channel]) / data.std()[channel];
    }
    return images;
  }

  long[] shape() {
    return new long[] {IMAGES, graph.channels(), graph.height(), graph.width()};
  }

  InputScaling scaling() {
    List<Float> mean = new ArrayList<>();
    List<Float> std = new ArrayList<>();
    for (int c = 0; c < graph.channels(); c++) {
      mean.add(data.mean()[c]);
      std.add(data.std()[c]);
    }
    return new InputScaling(mean, std);
  }

  ExportedNetwork exported(boolean scales) {
    return new ExportedNetwork(
        NetworkSource.of(network),
        Optional.of(graph),
        scales ? Optional.of(scaling()) : Optional.empty(),
        Map.of("run", "zoo"));
  }

  /** The largest difference, in parts of the larger of 1 and the largest of those expected. */
  static double difference(float[] one, float[] expected) {
    if (one.length != expected.length) {
      throw new AssertionError(one.length + " logits where there are " + expected.length);
    }
    double most = 0;
    double largest = 1;
    for (int i = 0; i < one.length; i++) {
      // NaN must not pass.
      most = one[i] - expected[i] <= 1e30f ? Math.max(most, Math.abs(one[i] - expected[i])) : 1e30;
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return most / largest;
  }
}
