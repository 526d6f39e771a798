package io.ticketflow.learn.train;

import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.learn.sparsify.Sparsifier;
import io.ticketflow.network.Masks;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Changes the masks of a training's weights when its sparsifier says so. */
final class Sparsification {
  private final Sparsifier rule;
  private final FlatLayout layout;
  private final Engine engine;
  private Masks masks;

  Sparsification(Sparsifier rule, FlatLayout layout, Engine engine, Masks masks) {
    this.rule = rule;
    this.layout = layout;
    this.engine = engine;
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

  /** Before a step's forward pass, or after the last step. */
  void before(long step) {
    if (rule.when(step) == Sparsifier.When.BEFORE) {
      change(
          step,
          () -> {
            throw new IllegalStateException("there is no gradient before step " + step);
          });
    }
  }

  /** A step: the weights move, or the masks change by the gradient instead. */
  Engine.Seen step(long number, Engine.Batch batch, double learningRate) {
    return rule.when(number) == Sparsifier.When.INSTEAD
        ? engine.look(batch, gradient -> change(number, () -> gradient))
        : engine.step(batch, learningRate);
  }

  private void change(long step, Supplier<float[]> gradient) {
    Set<String> names = masks.tensors();
    MaskChange change =
        rule.change(
            step,
            masks,
            layout.prunable(engine.moved(), names),
            () -> layout.prunable(gradient.get(), names));
    engine.change(change);
    masks = change.masks();
  }
}
