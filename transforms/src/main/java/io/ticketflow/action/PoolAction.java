package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.pool.LotteryPool;
import io.ticketflow.learn.pool.Pooled;
import io.ticketflow.learn.pool.SparseNetwork;
import io.ticketflow.learn.pool.TicketAverages;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One solution of a pool improved by the others, or averaged with those before it: a network at its
 * density, recalibrated, stored with its masks. Nothing is trained.
 */
public final class PoolAction {
  private static final int CODE_VERSION = 1;

  /** The coefficients of {@link PoolSpec.Kind#AVERAGE}. */
  private static final List<Double> HALF = List.of(0.5);

  private PoolAction() {}

  /**
   * Key of a pool's network.
   *
   * @param target which of the solutions is improved; EMA needs an earlier one
   * @param solutions their digests, in the pool's order
   * @param kept entries that the network keeps
   */
  public static String key(
      Workplace place,
      RunSpec spec,
      PoolSpec.Kind kind,
      int target,
      List<String> solutions,
      long kept) {
    Map<String, Object> matters = Searches.matters(place, spec);
    matters.put("exclude", spec.pruning().exclude());
    matters.put("target", target);
    matters.put("kept", kept);
    switch (kind) {
      case LOTTERY, AVERAGE -> {
        matters.put("coefficients", coefficients(spec, kind));
        return ActionKey.of("pool", CODE_VERSION, matters, solutions);
      }
      case EMA -> matters.put("decay", spec.pool().decay());
      case SWA -> {}
    }
    // those after the target have no part in its average
    return ActionKey.of(
        "pool-" + name(kind), CODE_VERSION, matters, solutions.subList(0, target + 1));
  }

  /** The kind's name in tasks, files and tables: lottery, average, swa or ema. */
  public static String name(PoolSpec.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The network; candidates of its trials are places in the task's list. */
  public static Done<SoupResult> perform(Workplace place, RunSpec spec, PoolTask task) {
    PoolSpec.Kind kind = PoolSpec.Kind.valueOf(task.getKind().toUpperCase(Locale.ROOT));
    List<SolutionRecord> solutions = task.getSolutions();
    String key =
        key(
            place,
            spec,
            kind,
            task.getTarget(),
            solutions.stream().map(solution -> solution.getWeights().getSha256()).toList(),
            solutions.get(task.getTarget()).getKept());
    return new Actions(place)
        .perform(
            key,
            SoupResult.class,
            result -> Optional.of(result.getWeights()),
            () -> place.onDevice(device -> make(place, spec, kind, task, key, device)));
  }

  private static SoupResult make(
      Workplace place, RunSpec spec, PoolSpec.Kind kind, PoolTask task, String key, Device device) {
    Stopwatch watch = new Stopwatch();
    ArtifactStore artifacts = place.artifacts();
    PooledSolutions solutions = new PooledSolutions(artifacts, spec, task);
    Pooled pooled = pool(spec, kind, task, solutions, Searches.validator(spec, device));
    SparseNetwork network = pooled.network();
    return SoupResult.newBuilder()
        .setAction(key)
        .setWeights(artifacts.save(network.weights(), network.masks()))
        .setFirstAccuracy(pooled.firstAccuracy())
        .setLastAccuracy(pooled.lastAccuracy())
        .setTrials(pooled.trials())
        .setLayers(layers(network))
        .setSeconds(watch.seconds())
        .setDevice(Workplace.name(device))
        .build();
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
      case SWA -> new TicketAverages(validator).mean(solutions, target, solutions.target());
      case EMA ->
          new TicketAverages(validator)
              .exponential(spec.pool().decay(), solutions, target, solutions.target());
    };
  }

  private static List<Double> coefficients(RunSpec spec, PoolSpec.Kind kind) {
    return kind == PoolSpec.Kind.AVERAGE ? HALF : spec.pool().coefficients();
  }

  private static List<LayerCount> layers(SparseNetwork network) {
    List<LayerCount> layers = new ArrayList<>();
    network
        .masks()
        .forEach(
            (name, mask) ->
                layers.add(new LayerCount(name, (long) mask.kept(), (long) mask.size())));
    return layers;
  }
}
