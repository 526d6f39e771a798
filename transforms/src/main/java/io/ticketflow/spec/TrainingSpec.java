package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * How a network is trained.
 *
 * @param epochs T: epochs of a dense training, which the schedule spans
 * @param rewindEpochs T0: epochs of dense training that make the matching ticket; a cycle trains
 *     from here to T. 0 = the ticket is the initialisation.
 * @param rewindLearningRate constant rate of those epochs; 0 = the schedule's rates
 * @param batchSize images a step; the last batch of an epoch may be smaller
 * @param labelSmoothing in [0, 1)
 * @param validateEvery epochs between measures of the live weights on validation; 0 = never
 * @param sparsifier how the mask changes meanwhile
 * @param engine what computes, here and when networks are recalibrated and measured
 * @param decoupled whether rates are for a number of images, apart from batch and momentum
 * @param averageEvery epochs after which a run's particles become their mean and train on; 0 = they
 *     are averaged at the end only
 * @param normalisation what BatchNorm scales and shifts by in a step
 */
public record TrainingSpec(
    int epochs,
    int rewindEpochs,
    double rewindLearningRate,
    int batchSize,
    double labelSmoothing,
    int validateEvery,
    OptimiserSpec optimiser,
    ScheduleSpec schedule,
    SwaSpec swa,
    SparsifierSpec sparsifier,
    EngineName engine,
    DecoupledSpec decoupled,
    int averageEvery,
    Normalisation normalisation) {
  /** What BatchNorm scales and shifts by in a step of training. */
  public enum Normalisation {
    /** Its weights and biases. */
    PLAIN,
    /**
     * α + (1 − α)·weights and (1 − α)·biases, which begin at 1 and 0; one α a step, uniform in [0,
     * 1), for all layers (Oh, Baik and Lee 2025).
     */
    INTERPOLATED
  }

  public TrainingSpec {
    check(epochs >= 1 && epochs <= 100_000, "training.epochs", "from 1 to 100000", epochs);
    check(
        rewindEpochs >= 0 && rewindEpochs < epochs,
        "training.rewindEpochs",
        "at least 0 and below training.epochs (" + epochs + ")",
        rewindEpochs);
    check(
        rewindLearningRate >= 0 && rewindLearningRate <= 100,
        "training.rewindLearningRate",
        "from 0 to 100",
        rewindLearningRate);
    check(
        batchSize >= 1 && batchSize <= 65_536, "training.batchSize", "from 1 to 65536", batchSize);
    check(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "training.labelSmoothing",
        "in [0, 1)",
        labelSmoothing);
    check(validateEvery >= 0, "training.validateEvery", "at least 0", validateEvery);
    check(
        schedule.warmupEpochs() <= epochs,
        "training.schedule.warmupEpochs",
        "at most training.epochs (" + epochs + ")",
        schedule.warmupEpochs());
    decoupled.require(optimiser, schedule);
    check(
        averageEvery >= 0 && averageEvery <= 100_000,
        "training.averageEvery",
        "from 0 to 100000",
        averageEvery);
    sparsifier
        .lookAhead()
        .require(optimiser, decoupled.examples() > 0 ? schedule.learningRate() : 1);
  }

  /** A training by libtorch, at rates of a step. */
  public TrainingSpec(
      int epochs,
      int rewindEpochs,
      double rewindLearningRate,
      int batchSize,
      double labelSmoothing,
      int validateEvery,
      OptimiserSpec optimiser,
      ScheduleSpec schedule,
      SwaSpec swa,
      SparsifierSpec sparsifier) {
    this(
        epochs,
        rewindEpochs,
        rewindLearningRate,
        batchSize,
        labelSmoothing,
        validateEvery,
        optimiser,
        schedule,
        swa,
        sparsifier,
        EngineName.TORCH,
        DecoupledSpec.NONE,
        0,
        Normalisation.PLAIN);
  }

  /** The same training without averaging and sparsifier: what dense trainings are keyed by. */
  public TrainingSpec plain() {
    return with(epochs, optimiser, schedule, SwaSpec.NONE, SparsifierSpec.NONE, 0);
  }

  /** What makes the matching ticket: the dense training, at its rate where that is constant. */
  public TrainingSpec toTicket() {
    return rewindLearningRate == 0
        ? plain()
        : plain().withSchedule(schedule.constant(rewindLearningRate));
  }

  /** The same training with that averaging. */
  TrainingSpec withSwa(SwaSpec other) {
    return with(epochs, optimiser, schedule, other, sparsifier, averageEvery);
  }

  /** The same training in one piece. */
  TrainingSpec inOnePiece() {
    return with(epochs, optimiser, schedule, swa, sparsifier, 0);
  }

  /** The same training by that engine. */
  TrainingSpec withEngine(EngineName other) {
    return new TrainingSpec(
        epochs,
        rewindEpochs,
        rewindLearningRate,
        batchSize,
        labelSmoothing,
        validateEvery,
        optimiser,
        schedule,
        swa,
        sparsifier,
        other,
        decoupled,
        averageEvery,
        normalisation);
  }

  TrainingSpec withSchedule(ScheduleSpec other) {
    return with(epochs, optimiser, other, swa, sparsifier, averageEvery);
  }

  /** Whether the live weights are measured after an epoch, counted from 1. */
  public boolean validatesAfter(int epoch) {
    return validateEvery > 0 && epoch % validateEvery == 0;
  }

  TrainingSpec withSparsifier(SparsifierSpec other) {
    return with(epochs, optimiser, schedule, swa, other, averageEvery);
  }

  TrainingSpec withWeightDecay(double decay) {
    return with(epochs, optimiser.withWeightDecay(decay), schedule, swa, sparsifier, averageEvery);
  }

  /** What the schedule's rates are multiplied with to be a step's; 1 unless decoupled. */
  public double rateUnit() {
    return decoupled.unit(batchSize, optimiser);
  }

  /** The update rule as a step takes it: its weight decay is the coefficient in the gradient. */
  public OptimiserSpec stepwise() {
    return decoupled.stepwise(optimiser, schedule);
  }

  void idle(IdleKeys keys) {
    keys.none(
        rewindEpochs == 0,
        "training.rewindLearningRate",
        "the ticket is the initialisation, which no epoch trains");
  }

  /** The same training over other epochs, its schedule's milestones stretched with them. */
  TrainingSpec stretchedTo(int other) {
    return other == epochs
        ? this
        : with(other, optimiser, schedule.stretched(epochs, other), swa, sparsifier, averageEvery);
  }

  private TrainingSpec with(
      int newEpochs,
      OptimiserSpec newOptimiser,
      ScheduleSpec newSchedule,
      SwaSpec newSwa,
      SparsifierSpec newSparsifier,
      int newAverageEvery) {
    return new TrainingSpec(
        newEpochs,
        Math.min(rewindEpochs, newEpochs - 1),
        rewindLearningRate,
        batchSize,
        labelSmoothing,
        validateEvery,
        newOptimiser,
        newSchedule,
        newSwa,
        newSparsifier,
        engine,
        decoupled,
        newAverageEvery,
        normalisation);
  }
}
