package io.ticketflow.learn.train;

import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.learn.sparsify.Sparsifier;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.List;
import java.util.stream.LongStream;

/** Changes the masks of a training's weights when its sparsifier says so. */
final class Sparsification {
  private final Sparsifier rule;
  private final FlatLayout layout;
  private final Engine engine;
  private final LookAhead lookAhead;
  private Masks masks;

  Sparsification(
      Sparsifier rule, FlatLayout layout, Engine engine, LookAhead lookAhead, Masks masks) {
    this.rule = rule;
    this.layout = layout;
    this.engine = engine;
    this.lookAhead = lookAhead;
    this.masks = masks;
  }

  /** How often the weights are moved before a step: not where masks change instead. */
  static long updatesBefore(Sparsifier rule, long step) {
    return LongStream.range(0, step).filter(at -> rule.when(at) != Sparsifier.When.INSTEAD).count();
  }

  /** The masks of now. */
  Masks masks() {
    return masks;
  }

  /**
   * Before a step's forward pass, or after the last step.
   *
   * @param learningRate of that step, or of the last one
   */
  void before(long step, double learningRate) {
    if (rule.when(step) == Sparsifier.When.BEFORE) {
      TensorSet weights = prunable(engine.moved());
      change(
          rule.copies() > 0
              ? rule.change(step, masks, weights, ahead(step, learningRate))
              : rule.change(
                  step,
                  masks,
                  weights,
                  () -> {
                    throw new IllegalStateException("there is no gradient before step " + step);
                  }));
    }
  }

  /** A step: the weights move, or the masks change by the gradient instead. */
  double step(long number, Engine.Batch batch, double learningRate) {
    return rule.when(number) == Sparsifier.When.INSTEAD
        ? engine.look(
            batch,
            gradient ->
                change(
                    rule.change(number, masks, prunable(engine.moved()), () -> prunable(gradient))))
        : engine.step(batch, learningRate);
  }

  /** As {@link Engine#correct}. */
  int correct() {
    return engine.correct();
  }

  private List<TensorSet> ahead(long step, double learningRate) {
    return lookAhead.from(step, engine, masks, learningRate).stream().map(this::prunable).toList();
  }

  private TensorSet prunable(float[] trained) {
    return layout.prunable(trained, masks.tensors());
  }

  private void change(MaskChange change) {
    engine.change(change);
    masks = change.masks();
  }
}
