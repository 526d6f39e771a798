package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The learning rate as a function of the step, over all epochs of a dense training.
 *
 * @param name the shape
 * @param learningRate the highest rate
 * @param milestones epochs after which MULTI_STEP multiplies the rate by gamma, ascending
 * @param gamma factor at a milestone
 * @param warmupEpochs epochs of linear ascent from 0 before the shape begins; for ONE_CYCLE the
 *     ascending part
 * @param finalLearningRate where COSINE, LINEAR and ONE_CYCLE end
 */
public record ScheduleSpec(
    Name name,
    double learningRate,
    List<Integer> milestones,
    double gamma,
    double warmupEpochs,
    double finalLearningRate) {
  /** The shapes there are. */
  public enum Name {
    CONSTANT,
    MULTI_STEP,
    COSINE,
    LINEAR,
    ONE_CYCLE
  }

  public ScheduleSpec {
    String at = "training.schedule.";
    milestones = List.copyOf(milestones);
    check(
        learningRate > 0 && learningRate <= 100,
        at + "learningRate",
        "above 0 and at most 100",
        learningRate);
    check(gamma >= 0 && gamma <= 1, at + "gamma", "from 0 to 1", gamma);
    check(warmupEpochs >= 0 && warmupEpochs < 1e6, at + "warmupEpochs", "at least 0", warmupEpochs);
    check(
        finalLearningRate >= 0 && finalLearningRate <= learningRate,
        at + "finalLearningRate",
        "from 0 to learningRate",
        finalLearningRate);
    for (int i = 0; i < milestones.size(); i++) {
      check(
          milestones.get(i) > (i == 0 ? 0 : milestones.get(i - 1)),
          at + "milestones",
          "positive and ascending",
          milestones);
    }
  }

  /** That rate throughout, without warm-up. */
  ScheduleSpec constant(double rate) {
    return new ScheduleSpec(Name.CONSTANT, rate, List.of(), gamma, 0, 0);
  }

  /** The same shape over other epochs: milestones and warm-up keep their place in proportion. */
  ScheduleSpec stretched(int from, int to) {
    List<Integer> moved = new ArrayList<>();
    for (int milestone : milestones) {
      int at = (int) Math.max(1, Math.round((double) milestone * to / from));
      if (moved.isEmpty() || at > moved.get(moved.size() - 1)) {
        moved.add(at);
      }
    }
    return new ScheduleSpec(
        name, learningRate, moved, gamma, warmupEpochs * to / from, finalLearningRate);
  }
}
