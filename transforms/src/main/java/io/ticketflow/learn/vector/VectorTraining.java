package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Crew;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.NormEntries;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.OptimiserSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A network in training, in plain Java. */
final class VectorTraining implements Engine {
  private static final int VALIDATION_BATCH = 512;

  private final Crew crew;
  private final TrainingJob job;
  private final DataSplits data;
  private final FlatLayout layout;
  private final RunningStatistics statistics;
  private Masks masks;
  private Passes passes;
  private float[] moved;
  private UpdateRule rule;
  private int correct;

  /** Of the gradients in biases and BatchNorm's tensors, as those have rates of their own. */
  private final float[] dense;

  /**
   * A training.
   *
   * @param crew what computes it; closed with it
   */
  VectorTraining(Crew crew, TrainingJob job, DataSplits data, EngineFactory.Start start) {
    this.crew = crew;
    this.job = job;
    this.data = data;
    layout = FlatLayout.of(job.graph());
    statistics = new RunningStatistics(layout, start.network());
    masks = start.masks();
    passes = passes(masks);
    moved = passes.kept().compress(layout.flatten(start.network()));
    dense = denseFactors();
    OptimiserSpec spec = job.training().stepwise();
    List<float[]> moments = new ArrayList<>();
    for (int i = 0; i < spec.moments(); i++) {
      moments.add(
          start.moments().isEmpty()
              ? new float[moved.length]
              : passes.kept().compress(start.moments().get(i)));
    }
    rule = UpdateRule.of(spec, moments, start.updates());
  }

  /** Under masks, or over all weights where dense ones lie behind the sparse ones. */
  private Passes passes(Masks under) {
    return new Passes(crew, job, data, job.keepsDense() ? Masks.NONE : under, statistics);
  }

  /** What the network computes with: the moved weights, or those under the masks. */
  private float[] computed() {
    if (!job.keepsDense()) {
      return moved;
    }
    float[] under = moved.clone();
    layout.prune(under, masks);
    return under;
  }

  @Override
  public double step(Batch batch, double learningRate) {
    float[] weights = computed();
    double first = passes.pass(weights, batch, false);
    correct = passes.correct();
    if (!Double.isFinite(first)) {
      return first;
    }
    OptimiserSpec spec = job.training().optimiser();
    if (spec.samRadius() > 0) {
      double second = passes.ascend(weights, masksForAscent(), batch, spec.samRadius());
      if (!Double.isFinite(second)) {
        return second;
      }
    }
    float[] gradient = passes.gradient();
    for (int i = 0; i < dense.length; i++) {
      gradient[passes.kept().prunable() + i] *= dense[i];
    }
    int decaying = spec.decayBiasAndNorm() ? moved.length : passes.kept().prunable();
    rule.update(moved, gradient, decaying, learningRate);
    return first;
  }

  private float[] denseFactors() {
    double normBiases = job.training().decoupled().normBiases();
    return normBiases == 1
        ? new float[0]
        : Arrays.copyOfRange(
            NormEntries.biases(layout, normBiases), layout.prunable(), layout.size());
  }

  /** Weights that SAM leaves where they are, though they have a gradient. */
  private Optional<float[]> masksForAscent() {
    return job.keepsDense() ? Optional.of(layout.flags(masks)) : Optional.empty();
  }

  @Override
  public double look(Batch batch, Consumer<float[]> gradient) {
    // over all weights: those that are pruned have a gradient too
    boolean whole = passes.kept().size() == layout.size();
    Passes dense = whole ? passes : new Passes(crew, job, data, Masks.NONE, statistics);
    float[] weights = whole ? computed() : passes.kept().expand(moved);
    double loss = dense.pass(weights, batch, false);
    correct = dense.correct();
    if (Double.isFinite(loss)) {
      gradient.accept(dense.gradient().clone());
    }
    return loss;
  }

  @Override
  public int correct() {
    return correct;
  }

  @Override
  public void change(MaskChange change) {
    KeptWeights before = passes.kept();
    float[] all = before.expand(moved);
    List<float[]> states = new ArrayList<>();
    for (float[] moment : rule.moments()) {
      states.add(change.restarts() ? new float[all.length] : before.expand(moment));
    }
    masks = change.masks();
    if (!job.keepsDense()) {
      layout.prune(all, change.carried());
      states.forEach(state -> layout.prune(state, change.carried()));
      passes = passes(masks);
    }
    change.grown().map(layout::front).ifPresent(front -> add(front, all));
    moved = passes.kept().compress(all);
    rule =
        UpdateRule.of(
            job.training().stepwise(),
            states.stream().map(passes.kept()::compress).toList(),
            rule.updates());
  }

  private static void add(float[] front, float[] all) {
    for (int i = 0; i < front.length; i++) {
      all[i] += front[i];
    }
  }

  @Override
  public float[] moved() {
    return passes.kept().expand(moved);
  }

  @Override
  public List<float[]> moments() {
    return rule.moments().stream().map(passes.kept()::expand).toList();
  }

  @Override
  public TensorSet tensors(float[] trained) {
    return layout.tensors(trained, statistics.copies());
  }

  @Override
  public void validate(LogitsReader reader) {
    Batches batches = job.graph().measured(data.validation(), VALIDATION_BATCH);
    float[] all = passes.kept().expand(computed());
    TensorSet now = layout.tensors(all, statistics.copies());
    VectorLogits logits = VectorLogits.of(crew, job.graph(), now, data.validation(), data, batches);
    int[] order = IntStream.range(0, batches.images()).toArray();
    for (int i = 0; i < batches.count(); i++) {
      reader.read(logits.of(order, i), batches.from(i), batches.to(i));
    }
  }

  @Override
  public void close() {
    crew.close();
  }
}
