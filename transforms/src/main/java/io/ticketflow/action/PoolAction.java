package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.pool.EarlierAverages;
import io.ticketflow.learn.pool.LotteryPool;
import io.ticketflow.learn.pool.NeighbourAverages;
import io.ticketflow.learn.pool.Pooled;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * One solution of a pool improved by the others, or averaged with those before it: a network at its
 * density, recalibrated, stored with its masks. Nothing is trained.
 */
public final class PoolAction {
  private static final Kind<SoupResult> KIND = SearchAction.kind("pool", 2);

  /** The coefficients of {@link PoolSpec.Kind#AVERAGE}. */
  private static final List<Double> HALF = List.of(0.5);

  private PoolAction() {}

  /**
   * The network; candidates of its trials are places in the task's list.
   *
   * @param task for EARLIER_EMA its target must have an earlier solution
   */
  public static Action<SoupResult> of(Workplace place, RunSpec spec, PoolTask task) {
    PoolSpec.Kind kind = PoolSpec.Kind.of(task.getKind());
    List<SolutionRecord> solutions = task.getSolutions();
    SolutionRecord target = solutions.get(task.getTarget());
    boolean greedy = kind == PoolSpec.Kind.LOTTERY || kind == PoolSpec.Kind.AVERAGE;
    Map<String, Object> matters = Searches.matters(place, spec);
    matters.put("exclude", spec.pruning().exclude());
    matters.put("target", task.getTarget());
    matters.put("kept", target.getKept());
    switch (kind) {
      case LOTTERY, AVERAGE -> matters.put("coefficients", coefficients(spec, kind));
      case EMA, EARLIER_EMA -> matters.put("decay", spec.pool().decay());
      case SWA, EARLIER_MEAN -> {}
    }
    return SearchAction.of(
        greedy ? KIND : SearchAction.kind("pool-" + kind.label(), KIND.codeVersion()),
        spec,
        matters,
        (kind.takesLater() ? solutions : solutions.subList(0, task.getTarget() + 1))
            .stream().map(SolutionRecord::getWeights).toList(),
        ArtifactAction.sum(target.getKept(), target.getTotal()),
        (at, device) -> make(at, spec, kind, task, device));
  }

  private static SoupResult.Builder make(
      Attempt at, RunSpec spec, PoolSpec.Kind kind, PoolTask task, Device device) {
    ArtifactStore artifacts = at.artifacts();
    PooledSolutions solutions = new PooledSolutions(artifacts, spec, task);
    Pooled pooled = pool(spec, kind, task, solutions, Searches.validator(at.place(), spec, device));
    SparseNetwork network = pooled.network();
    return SoupResult.newBuilder()
        .setWeights(artifacts.save(network.weights(), network.masks()))
        .setFirstAccuracy(pooled.firstAccuracy())
        .setLastAccuracy(pooled.lastAccuracy())
        .setTrials(pooled.trials())
        .setLayers(layers(network));
  }

  private static Pooled pool(
      RunSpec spec,
      PoolSpec.Kind kind,
      PoolTask task,
      PooledSolutions solutions,
      ValidationSplit validator) {
    int target = task.getTarget();
    return switch (kind) {
      case LOTTERY, AVERAGE ->
          new LotteryPool(validator, coefficients(spec, kind))
              .improve(solutions, task.getSolutions().size(), target, solutions.target());
      case SWA, EMA ->
          new NeighbourAverages(validator, share(spec, kind))
              .average(solutions, task.getSolutions().size(), target, solutions.target());
      case EARLIER_MEAN ->
          new EarlierAverages(validator).mean(solutions, target, solutions.target());
      case EARLIER_EMA ->
          new EarlierAverages(validator)
              .exponential(spec.pool().decay(), solutions, target, solutions.target());
    };
  }

  private static IntToDoubleFunction share(RunSpec spec, PoolSpec.Kind kind) {
    return kind == PoolSpec.Kind.SWA ? NeighbourAverages.MEAN : step -> spec.pool().decay();
  }

  private static List<Double> coefficients(RunSpec spec, PoolSpec.Kind kind) {
    return kind == PoolSpec.Kind.AVERAGE
        ? HALF
        : spec.pool().coefficients().stream().sorted().toList();
  }

  private static List<LayerCount> layers(SparseNetwork network) {
    List<LayerCount> layers = new ArrayList<>();
    network
        .masks()
        .byName()
        .forEach(
            (name, mask) ->
                layers.add(new LayerCount(name, (long) mask.kept(), (long) mask.size())));
    return layers;
  }
}
