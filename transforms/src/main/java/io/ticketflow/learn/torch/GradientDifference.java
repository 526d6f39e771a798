package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A Hessian times a direction, as the change of the gradient along it, in doubles.
 *
 * <p>The gradient is looked at a step h ahead and a step behind. Where the loss is smooth both
 * changes are the same, up to a third derivative times h² and to rounding, 1e-16 · √terms / h. But
 * a ReLU or maximum that changes its mind within a step makes the gradient jump, and a jump over h
 * can be hundreds of times the whole product: on a ResNet-20 and 100 images that happens at 3e-9 of
 * the weights' norm already, while 1e-10 leaves an error of 2e-6 by rounding and 1e-11 one of 2e-5.
 * So the two changes are compared: as long as they disagree, the step is made smaller. If they
 * never agree, one side of the weights lies at the jump itself, and the lesser change is that of
 * the other side.
 *
 * @param tape its weights are moved and put back
 * @param size norm of the weights before they are moved: each move leaves rounding errors in them
 * @param gradient at the weights as they are, anew at each call; belongs to the manager given
 */
record GradientDifference(
    GradientTape tape, double size, Function<PtNDManager, PtNDArray> gradient) {
  private static final double[] RELATIVE_STEPS = {1e-10, 1e-11, 1e-12};
  private static final double AGREEMENT = 1e-3;

  /** The differences at a tape's weights, which nobody has moved yet. */
  static GradientDifference of(GradientTape tape, Function<PtNDManager, PtNDArray> gradient) {
    return new GradientDifference(tape, norm(tape.weights()), gradient);
  }

  /**
   * The product, owned by the manager; 0 if the direction is. Six arrays of the weights' size at
   * once.
   *
   * @param here the gradient at the weights; stays as it is
   * @param direction as long as the weights; is changed
   */
  PtNDArray along(PtNDArray direction, PtNDArray here, PtNDManager owner) {
    double slope = norm(direction);
    if (slope == 0) {
      return direction;
    }
    Changes changes = changes(direction, slope, here, owner);
    JniUtils.subi(changes.ahead, changes.backwards);
    JniUtils.muli(changes.ahead, tape.scalar(owner, 1 / (2 * changes.step)));
    return changes.ahead;
  }

  /** vᵀHv of a direction v, at less cost than the product Hv. */
  double form(PtNDArray direction, PtNDArray here, PtNDManager owner) {
    double slope = Math.sqrt(product(direction, direction));
    if (slope == 0) {
      return 0;
    }
    Changes changes = changes(direction, slope, here, owner); // the direction is step · v now
    double twice = product(direction, changes.ahead) - product(direction, changes.backwards);
    return twice / (2 * square(changes.step));
  }

  /**
   * How the gradient changes over a step ahead and over one backwards. Where these are no mirror
   * images, the greater change is replaced by the other one's.
   *
   * @param step what the direction was multiplied by to make the step
   */
  private record Changes(PtNDArray ahead, PtNDArray backwards, double step) {}

  /** Looks for a step that is short enough, and leaves the direction multiplied by it. */
  private Changes changes(PtNDArray direction, double slope, PtNDArray here, PtNDManager owner) {
    double unit = (size > 0 ? size : 1) / slope;
    JniUtils.muli(direction, tape.scalar(owner, unit * RELATIVE_STEPS[0]));
    for (int attempt = 0; ; attempt++) {
      double step = unit * RELATIVE_STEPS[attempt];
      PtNDArray ahead = change(JniUtils::addi, JniUtils::subi, direction, here, owner);
      PtNDArray backwards = change(JniUtils::subi, JniUtils::addi, direction, here, owner);
      double aheadSquare = product(ahead, ahead);
      double backwardsSquare = product(backwards, backwards);
      double gap = aheadSquare + backwardsSquare + 2 * product(ahead, backwards); // squared
      if (gap <= square(AGREEMENT * (Math.sqrt(aheadSquare) + Math.sqrt(backwardsSquare)))) {
        return new Changes(ahead, backwards, step);
      }
      if (attempt == RELATIVE_STEPS.length - 1) {
        return aheadSquare < backwardsSquare
            ? new Changes(ahead, negative(ahead, owner), step)
            : new Changes(negative(backwards, owner), backwards, step);
      }
      ahead.close();
      backwards.close();
      JniUtils.muli(
          direction, tape.scalar(owner, RELATIVE_STEPS[attempt + 1] / RELATIVE_STEPS[attempt]));
    }
  }

  /** How the gradient changes by a move of the weights, which a second move takes back. */
  private PtNDArray change(
      BiConsumer<PtNDArray, PtNDArray> move,
      BiConsumer<PtNDArray, PtNDArray> back,
      PtNDArray step,
      PtNDArray here,
      PtNDManager owner) {
    move.accept(tape.weights(), step);
    PtNDArray change = gradient.apply(owner);
    back.accept(tape.weights(), step);
    JniUtils.subi(change, here);
    return change;
  }

  private static PtNDArray negative(PtNDArray array, PtNDManager owner) {
    PtNDArray negative = JniUtils.neg(array);
    negative.attach(owner);
    return negative;
  }

  private static double square(double number) {
    return number * number;
  }

  private static double product(PtNDArray left, PtNDArray right) {
    try (PtNDArray product = JniUtils.dot(left, right)) {
      return product.toDoubleArray()[0];
    }
  }

  private static double norm(PtNDArray array) {
    try (PtNDArray squares = JniUtils.mul(array, array);
        PtNDArray sum = JniUtils.sum(squares)) {
      return Math.sqrt(sum.toDoubleArray()[0]);
    }
  }
}
