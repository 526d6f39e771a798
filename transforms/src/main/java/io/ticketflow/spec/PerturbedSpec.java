package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Members that a run trains once it has pruned, under its last mask and one after another:
 * sequential ensembles (Jantre et al. 2022, arXiv 2206.00794). The first goes on from the run's
 * last solution; each later one sets out from the member before, of which every weight is moved by
 * +ρσ or −ρσ.
 *
 * <p>In the paper σ is the deviation of a posterior. Here it is that of the weights that the member
 * before has averaged.
 *
 * @param members how many; 0 = none
 * @param factor ρ; 0 = each goes on from the one before
 * @param epochs of each: the later half, rounded down, has the low rate and is averaged; 0 = two
 *     thirds of the training's, at least 2
 * @param learningRate the high one, constant; 0 = a tenth of the schedule's
 * @param finalLearningRate the low one, constant; 0 = a hundredth of the schedule's
 */
public record PerturbedSpec(
    int members, double factor, int epochs, double learningRate, double finalLearningRate) {
  /** No members; the rest as published. */
  public static final PerturbedSpec NONE = new PerturbedSpec(0, 3, 0, 0, 0);

  public PerturbedSpec {
    String at = "perturbed.";
    check(members >= 0 && members <= 1000, at + "members", "from 0 to 1000", members);
    check(factor >= 0 && factor <= 1000, at + "factor", "from 0 to 1000", factor);
    check(
        epochs >= 0 && epochs <= 100_000 && epochs != 1,
        at + "epochs",
        "0 or from 2 to 100000",
        epochs);
    check(
        learningRate >= 0 && learningRate <= 100,
        at + "learningRate",
        "from 0 to 100",
        learningRate);
    check(
        finalLearningRate >= 0 && finalLearningRate <= 100,
        at + "finalLearningRate",
        "from 0 to 100",
        finalLearningRate);
  }

  /** Epochs of a member without a budget. */
  int epochs(TrainingSpec training) {
    return epochs > 0 ? epochs : Math.max(2, (2 * training.epochs() + 1) / 3);
  }

  /**
   * A member's training.
   *
   * @throws UserException if its rate would rise
   */
  ParticleTraining training(TrainingSpec training, int length) {
    double highest = training.schedule().learningRate();
    double high = learningRate > 0 ? learningRate : highest / 10;
    double low = finalLearningRate > 0 ? finalLearningRate : highest / 100;
    check(
        low <= high,
        "perturbed.finalLearningRate",
        "at most the rate before it (" + high + ")",
        low);
    TrainingSpec levels =
        training
            .withSchedule(training.schedule().constant(high))
            .withSwa(new SwaSpec(0.5, low, SwaSpec.Anneal.NONE, false))
            .withSparsifier(SparsifierSpec.NONE)
            .stretchedTo(length);
    int averaged = Math.max(1, length / 2);
    return new ParticleTraining(levels, 0, length, RateSpec.SCHEDULE, averaged, 0, factor > 0);
  }

  /**
   * @param averaged epochs that a member averages
   */
  void idle(IdleKeys keys, int averaged) {
    for (String key : new String[] {"factor", "epochs", "learningRate", "finalLearningRate"}) {
      keys.none(members == 0, "perturbed." + key, "perturbed.members is 0");
    }
    keys.none(members == 1, "perturbed.factor", "the first member sets out from what is there")
        .none(averaged < 2, "perturbed.factor", "the weights of one epoch have no spread");
  }
}
