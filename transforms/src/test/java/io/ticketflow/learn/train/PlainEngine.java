package io.ticketflow.learn.train;

import io.ticketflow.learn.data.BatchSource;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.measure.PlainNetwork;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An engine in nested loops, slow and obvious, written from the formulas: the oracle of the others.
 * Without SAM, and without BatchNorm's running statistics; state in floats, arithmetic in doubles.
 */
public final class PlainEngine implements Engine {
  private final TrainingJob job;
  private final DataSplits data;
  private final FlatLayout layout;
  private final Map<ParameterSpec, float[]> statistics = new HashMap<>();
  private final float[] weights;
  private final List<float[]> moments = new ArrayList<>();
  private Masks masks;
  private long updates;
  private int correct;

  public PlainEngine(TrainingJob job, DataSplits data, EngineFactory.Start start) {
    this.job = job;
    this.data = data;
    layout = FlatLayout.of(job.graph());
    weights = layout.flatten(start.network());
    layout
        .buffers()
        .forEach(spec -> statistics.put(spec, FlatLayout.valuesOf(spec, start.network())));
    masks = start.masks();
    updates = start.updates();
    moments.addAll(start.moments());
    while (moments.size() < job.training().optimiser().moments()) {
      moments.add(new float[weights.length]);
    }
  }

  @Override
  public double step(Batch batch, double learningRate) {
    return look(batch, gradient -> move(gradient, learningRate));
  }

  @Override
  public double look(Batch batch, Consumer<float[]> reader) {
    Images images = data.train();
    double[][] pixels = pixels(images, batch);
    TensorSet mixed = tensors(computed()).map(tensor -> interpolated(tensor, batch.alpha()));
    PlainNetwork network = new PlainNetwork(job.graph(), mixed, true);
    double[][] logits = network.logits(pixels);
    double smoothing = job.training().labelSmoothing();
    int classes = job.graph().classes();
    double loss = 0;
    correct = 0;
    for (int i = 0; i < logits.length; i++) {
      int label = images.labels()[batch.order()[batch.from() + i]];
      double[] row = logits[i];
      double total = Arrays.stream(row).map(Math::exp).sum();
      int best = 0;
      for (int k = 0; k < classes; k++) {
        best = row[k] > row[best] ? k : best;
        double wanted = smoothing / classes + (k == label ? 1 - smoothing : 0);
        double probability = Math.exp(row[k]) / total;
        loss -= wanted * Math.log(probability) / logits.length;
        row[k] = (probability - wanted) / logits.length; // from here on the loss's gradient
      }
      correct += best == label ? 1 : 0;
    }
    if (Double.isFinite(loss)) {
      Map<String, double[]> gradients = network.gradients(pixels, logits);
      float[] flat = new float[weights.length];
      int at = 0;
      for (ParameterSpec spec : layout.trained()) {
        double share = isOfNorm(spec.name()) ? 1.0 - batch.alpha() : 1; // the chain rule's
        for (double value : PlainNetwork.get(gradients, spec.name())) {
          flat[at++] = (float) (share * value);
        }
      }
      reader.accept(flat);
    }
    return loss;
  }

  @Override
  public int correct() {
    return correct;
  }

  /** BatchNorm's γ as α + (1 − α)γ, its β as (1 − α)β; other tensors as they are. */
  private Tensor interpolated(Tensor tensor, double alpha) {
    if (alpha == 0 || !isOfNorm(tensor.name())) {
      return tensor;
    }
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      double own = (1 - alpha) * values[i];
      values[i] = (float) (tensor.name().endsWith("weight") ? alpha + own : own);
    }
    return tensor.withValues(values);
  }

  private boolean isOfNorm(String tensor) {
    return job.graph().nodes().stream()
        .filter(node -> node.layer() instanceof Layer.BatchNorm)
        .anyMatch(
            node -> tensor.equals(node.name() + ".weight") || tensor.equals(node.name() + ".bias"));
  }

  private void move(float[] gradient, double rate) {
    OptimiserSpec rule = job.training().optimiser();
    float[] kept = layout.flags(masks);
    updates++;
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i];
      if (rule.decayBiasAndNorm() || i < layout.prunable()) {
        g += rule.weightDecay() * weights[i];
      }
      if (!job.keepsDense() && i < kept.length && kept[i] == 0) {
        continue; // it is pruned: neither weight nor moment moves
      }
      weights[i] -= (float) (rate * direction(rule, i, g));
    }
  }

  private double direction(OptimiserSpec rule, int i, double g) {
    if (rule.name() == OptimiserSpec.Name.ADAM) {
      float[] first = moments.get(0);
      float[] second = moments.get(1);
      first[i] = (float) (rule.beta1() * first[i] + (1 - rule.beta1()) * g);
      second[i] = (float) (rule.beta2() * second[i] + (1 - rule.beta2()) * g * g);
      double mean = first[i] / (1 - Math.pow(rule.beta1(), (double) updates));
      double deviation = Math.sqrt(second[i] / (1 - Math.pow(rule.beta2(), (double) updates)));
      return mean / (deviation + rule.epsilon());
    }
    if (moments.isEmpty()) {
      return g;
    }
    float[] velocity = moments.get(0);
    velocity[i] = (float) (rule.momentum() * velocity[i] + g);
    return rule.nesterov() ? g + rule.momentum() * velocity[i] : velocity[i];
  }

  @Override
  public void change(MaskChange change) {
    masks = change.masks();
    if (change.restarts()) {
      moments.forEach(moment -> Arrays.fill(moment, 0));
    }
    if (!job.keepsDense()) {
      layout.prune(weights, change.carried());
      moments.forEach(moment -> layout.prune(moment, change.carried()));
    }
    change.grown().map(layout::front).ifPresent(this::addToWeights);
  }

  private void addToWeights(float[] front) {
    for (int i = 0; i < front.length; i++) {
      weights[i] += front[i];
    }
  }

  @Override
  public float[] moved() {
    return weights.clone();
  }

  /** What the network computes with: the moved weights, or those under the masks. */
  private float[] computed() {
    float[] all = weights.clone();
    layout.prune(all, masks);
    return all;
  }

  @Override
  public List<float[]> moments() {
    return moments.stream().map(float[]::clone).toList();
  }

  @Override
  public TensorSet tensors(float[] trained) {
    return layout.tensors(trained, statistics);
  }

  @Override
  public void validate(LogitsReader reader) {
    Images images = data.validation();
    int[] order = new int[images.count()];
    Arrays.setAll(order, i -> i);
    double[][] pixels = pixels(images, new Batch(order, 0, order.length, Optional.empty()));
    double[][] logits = new PlainNetwork(job.graph(), tensors(computed()), false).logits(pixels);
    float[] rows = new float[order.length * job.graph().classes()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) logits[i / job.graph().classes()][i % job.graph().classes()];
    }
    reader.read(rows, 0, order.length);
  }

  private double[][] pixels(Images images, Batch batch) {
    BatchSource source = new BatchSource(images, data.mean(), data.std());
    int count = batch.to() - batch.from();
    int size = images.imageSize();
    float[] floats = new float[count * size];
    source.fill(batch.order(), batch.from(), batch.to(), floats, batch.augmentation());
    double[][] pixels = new double[count][size];
    for (int i = 0; i < floats.length; i++) {
      pixels[i / size][i % size] = floats[i];
    }
    return pixels;
  }

  @Override
  public void close() {}
}
