package io.ticketflow.testing;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Small networks, images and trainings. */
public final class Fixtures {
  public static final int CLASSES = 3;

  private Fixtures() {}

  /** 2 × 6 × 6 images → convolution, BatchNorm, residual, pool, linear. */
  public static ModelGraph convNet() {
    return new ModelGraph(
        2,
        6,
        6,
        CLASSES,
        List.of(
            node("conv", new Layer.Conv(2, 4, 3, 1, 1, false), ModelGraph.INPUT),
            node("bn", new Layer.BatchNorm(4), "conv"),
            node("relu", new Layer.Relu(), "bn"),
            node("again", new Layer.Conv(4, 4, 3, 1, 1, true), "relu"),
            node("sum", new Layer.Add(), "again", "relu"),
            node("pool", new Layer.MaxPool(2, 2, 0), "sum"),
            node("mean", new Layer.GlobalAvgPool(), "pool"),
            node("fc", new Layer.Linear(4, CLASSES, true), "mean")));
  }

  /** 1 × 2 × 3 images → 5 hidden → classes. */
  public static ModelGraph mlp() {
    return new ModelGraph(
        1,
        2,
        3,
        CLASSES,
        List.of(
            node("flat", new Layer.Flatten(), ModelGraph.INPUT),
            node("fc1", new Layer.Linear(6, 5, true), "flat"),
            node("relu", new Layer.Relu(), "fc1"),
            node("fc2", new Layer.Linear(5, CLASSES, true), "relu")));
  }

  /** Weights of a normal distribution, BatchNorm's as PyTorch begins. */
  public static TensorSet weights(ModelGraph graph, long seed) {
    List<Tensor> tensors = new ArrayList<>();
    for (ParameterSpec spec : graph.parameters()) {
      KeyedRandom draws = KeyedRandom.of(seed, spec.name());
      float[] values = new float[(int) spec.size()];
      boolean one = spec.name().equals("bn.weight") || spec.name().endsWith("running_var");
      for (int i = 0; i < values.length; i++) {
        values[i] =
            spec.role() == TensorRole.BUFFER || one
                ? (one ? 1f : 0f)
                : (float) (0.5 * draws.nextGaussian());
      }
      tensors.add(new Tensor(spec.name(), spec.role(), spec.shape(), values));
    }
    return TensorSet.of(tensors);
  }

  /** Images whose brightness tells the class, noise on top. */
  public static DataSplits data(ModelGraph graph, int train, int validation) {
    return new DataSplits(
        images(graph, train, 1),
        images(graph, validation, 2),
        images(graph, 7, 3),
        filled(graph.channels(), 0.5f),
        filled(graph.channels(), 0.25f));
  }

  public static TrainingSpec training(
      int epochs, int batch, OptimiserSpec optimiser, ScheduleSpec schedule) {
    SwaSpec swa = new SwaSpec(0.5, 0.02, SwaSpec.Anneal.NONE, false);
    return new TrainingSpec(
        epochs, 0, 0, batch, 0.1, 0, optimiser, schedule, swa, SparsifierSpec.NONE);
  }

  public static OptimiserSpec sgd(double momentum, boolean nesterov, double decay) {
    return optimiser("momentum: %s, nesterov: %s, weightDecay: %s", momentum, nesterov, decay);
  }

  public static OptimiserSpec adam(double decay) {
    return optimiser("name: adam, weightDecay: %s", decay);
  }

  /** An update rule of these keys. */
  public static OptimiserSpec optimiser(String yaml, Object... values) {
    return TestSettings.training("optimiser: {" + String.format(Locale.ROOT, yaml, values) + "}")
        .optimiser();
  }

  public static ScheduleSpec constant(double rate) {
    return TestSettings.training("schedule.learningRate: " + rate).schedule();
  }

  public static DataSpec plain() {
    return TestSettings.data("validation: 0");
  }

  public static DataSpec augmented() {
    return TestSettings.data("validation: 0, crop: 1, flip: true");
  }

  /** The whole training from these weights, without averaging. */
  public static TrainingJob job(ModelGraph graph, TrainingSpec training, Masks masks) {
    return job(
        graph,
        training,
        weights(graph, 4),
        masks,
        0,
        training.epochs(),
        0,
        augmented(),
        new DrawKey(5, 0, 0));
  }

  /** From the end of one epoch to the end of another, under masks that stay. */
  public static TrainingJob job(
      ModelGraph graph,
      TrainingSpec training,
      TensorSet start,
      Masks masks,
      int from,
      int to,
      int averaged,
      DataSpec data,
      DrawKey draws) {
    return new TrainingJob(
        graph,
        new ParticleTraining(training, from, to, RateSpec.SCHEDULE, averaged, 0),
        0,
        start,
        masks,
        0,
        PruningSpec.Scope.GLOBAL,
        data,
        draws);
  }

  /** The whole training from these weights under masks that change to {@code kept} entries. */
  public static TrainingJob job(
      ModelGraph graph,
      TrainingSpec training,
      SparsifierSpec sparsifier,
      Masks masks,
      long kept,
      PruningSpec.Scope scope,
      DataSpec data) {
    TrainingSpec sparse =
        new TrainingSpec(
            training.epochs(),
            0,
            0,
            training.batchSize(),
            training.labelSmoothing(),
            training.validateEvery(),
            training.optimiser(),
            training.schedule(),
            training.swa(),
            sparsifier);
    return new TrainingJob(
        graph,
        new ParticleTraining(sparse, 0, training.epochs(), RateSpec.SCHEDULE, 0, 0),
        0,
        weights(graph, 4),
        masks,
        kept,
        scope,
        data,
        new DrawKey(5, 0, 0));
  }

  /** Masks that prune nothing. */
  public static Masks fullMasks(ModelGraph graph) {
    Map<String, Mask> masks = new TreeMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      if (spec.role() == TensorRole.PRUNABLE) {
        masks.put(spec.name(), Mask.full((int) spec.size()));
      }
    }
    return new Masks(masks);
  }

  /** Every third entry of each prunable tensor is pruned. */
  public static Masks masks(ModelGraph graph) {
    Map<String, Mask> masks = new TreeMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      if (spec.role() == TensorRole.PRUNABLE) {
        BitSet kept = new BitSet();
        for (int i = 0; i < spec.size(); i++) {
          kept.set(i, i % 3 != 1);
        }
        masks.put(spec.name(), Mask.of(kept, (int) spec.size()));
      }
    }
    return new Masks(masks);
  }

  private static Images images(ModelGraph graph, int count, long seed) {
    KeyedRandom draws = KeyedRandom.of(seed, "images");
    int size = graph.channels() * graph.height() * graph.width();
    byte[] pixels = new byte[count * size];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = draws.nextInt(CLASSES);
      for (int p = 0; p < size; p++) {
        pixels[i * size + p] = (byte) (40 + 60 * labels[i] + draws.nextInt(60));
      }
    }
    return new Images(graph.channels(), graph.height(), graph.width(), CLASSES, pixels, labels);
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static Node node(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }
}
