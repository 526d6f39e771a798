package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.List;

/**
 * One run, resolved: a point in the space of methods, a seed, and the data it learns from.
 *
 * @param seed of every draw of the run
 * @param particles how many particles cycle 0, 1, … has; the last number holds for all later cycles
 * @param merge how they become one network
 * @param merging how that rule works, where it leaves a choice
 * @param variation what they differ in beside their draws
 * @param adaptive whether they come in rounds that may be the last
 * @param tickets whether the run is a control of another one's tickets
 * @param pool what is made of the solutions at the end
 * @param members number of independent runs, with this one, of which one result is made; 1 = this
 *     one alone
 * @param together what they become
 * @param budgetEpochs passes over the train split in all, which the trainings share in proportion;
 *     0 = as many as the settings make
 * @param evaluation how its networks are measured
 * @param measure what else is measured once all cycles are there
 * @param perturbed what is trained under the last mask once all that is pruned is there
 */
public record RunSpec(
    long seed,
    DataSpec data,
    ModelSpec model,
    TrainingSpec training,
    PruningSpec pruning,
    List<Integer> particles,
    Merge merge,
    MergingSpec merging,
    NextCycleSpec nextCycle,
    VariationSpec variation,
    AdaptiveSpec adaptive,
    TicketsSpec tickets,
    PoolSpec pool,
    int members,
    Together together,
    long budgetEpochs,
    EvaluationSpec evaluation,
    MeasureSpec measure,
    PerturbedSpec perturbed) {
  public RunSpec {
    particles = List.copyOf(particles);
    check(!particles.isEmpty(), "particles", "a number or a list of numbers", "nothing");
    for (int n : particles) {
      check(n >= 1 && n <= 1024, "particles", "from 1 to 1024", particles);
    }
    check(members >= 1 && members <= 1024, "members", "from 1 to 1024", members);
  }

  /** N of a cycle: the most, if they come in rounds. */
  public int particlesIn(int cycle) {
    return regime().isMember(cycle) ? 1 : particles.get(Math.min(cycle, particles.size() - 1));
  }

  /** Whether particles decide together which weights go, if there are so many in a cycle. */
  public boolean votes(int count) {
    return pruning.voting() != Voting.MEAN && count > 1;
  }

  /** What kind of run it is. */
  public Regime regime() {
    return Regime.of(this);
  }

  /** The first cycle's number. */
  public int firstCycle() {
    return regime().firstCycle();
  }

  /** The last cycle's number; a shared mask's cycles are its segments. */
  public int lastCycle() {
    return regime().lastCycle();
  }

  /**
   * Entries that a cycle's network keeps, exactly.
   *
   * @param total prunable entries
   * @param cycle firstCycle … lastCycle
   */
  public long keptIn(int cycle, long total) {
    return regime().keptIn(cycle, total);
  }

  /** The same run with another seed. */
  public RunSpec withSeed(long other) {
    return with(other, data, model, training, pruning, pool, budgetEpochs);
  }

  /** The same run on those data. */
  public RunSpec withData(DataSpec other) {
    return with(seed, other, model, training, pruning, pool, budgetEpochs);
  }

  /** The same run of that network. */
  public RunSpec withModel(ModelSpec other) {
    return with(seed, data, other, training, pruning, pool, budgetEpochs);
  }

  /** The same run by that engine. */
  public RunSpec withEngine(EngineName other) {
    return with(seed, data, model, training.withEngine(other), pruning, pool, budgetEpochs);
  }

  /** The same run wherever the files that it reads lie. */
  public RunSpec withoutLocations() {
    return withData(data.withoutLocation()).withModel(model.withoutLocation());
  }

  /** The same run with these tensors kept whole. */
  public RunSpec withExclude(List<String> others) {
    return with(seed, data, model, training, pruning.withExclude(others), pool, budgetEpochs);
  }

  /** The same run with another end. */
  public RunSpec withPool(PoolSpec other) {
    return with(seed, data, model, training, pruning, other, budgetEpochs);
  }

  /** The same run merged by another rule. */
  public RunSpec withMerge(Merge other, MergingSpec how) {
    return new RunSpec(
        seed,
        data,
        model,
        training,
        pruning,
        particles,
        other,
        how,
        nextCycle,
        variation,
        adaptive,
        tickets,
        pool,
        members,
        together,
        budgetEpochs,
        evaluation,
        measure,
        perturbed);
  }

  /** The same run with that many passes in all. */
  public RunSpec withBudget(long passes) {
    return with(seed, data, model, training, pruning, pool, passes);
  }

  private RunSpec with(
      long newSeed,
      DataSpec newData,
      ModelSpec newModel,
      TrainingSpec newTraining,
      PruningSpec newPruning,
      PoolSpec newPool,
      long newBudget) {
    return new RunSpec(
        newSeed,
        newData,
        newModel,
        newTraining,
        newPruning,
        particles,
        merge,
        merging,
        nextCycle,
        variation,
        adaptive,
        tickets,
        newPool,
        members,
        together,
        newBudget,
        evaluation,
        measure,
        perturbed);
  }
}
