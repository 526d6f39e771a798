package io.ticketflow.pipelines.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.simulation.Stage.Phase;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.PlannedAction.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The stages of a plan's runs. A particle's training and evaluation are one work; so are a run's
 * actions before the first particles, and those between two cycles' particles. What is finished is
 * left out, and what is in the store counts as finished. All rounds of adaptive particles count as
 * one.
 */
public final class PlannedWork {
  private final ToDoubleFunction<PlannedAction> seconds;
  private final CheckpointPolicy checkpoints;

  /** Works by the keys of the actions that they do. */
  private final Map<String, Work> makers = new HashMap<>();

  private PlannedWork(ToDoubleFunction<PlannedAction> seconds, CheckpointPolicy checkpoints) {
    this.seconds = seconds;
    this.checkpoints = checkpoints;
  }

  /** Where an action belongs in its run. */
  private record Place(int cycle, Phase phase, int particle) {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::cycle)
            .thenComparing(Place::phase)
            .thenComparingInt(Place::particle);
  }

  /**
   * The stages of each run, runs in the order of the plan.
   *
   * @param seconds of an action by itself
   * @param checkpoints how often trainings keep their state
   */
  public static List<List<Stage>> of(
      Plan plan, ToDoubleFunction<PlannedAction> seconds, CheckpointPolicy checkpoints) {
    PlannedWork works = new PlannedWork(seconds, checkpoints);
    return plan.actions().stream()
        .collect(groupingBy(PlannedAction::run, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(works::stages)
        .toList();
  }

  private List<Stage> stages(List<PlannedAction> run) {
    Map<Place, List<PlannedAction>> places = new TreeMap<>(Place.ORDER);
    NavigableSet<Integer> trained = new TreeSet<>();
    int latest = Integer.MIN_VALUE;
    for (PlannedAction action : run) {
      Place place = place(action, trained, latest);
      latest = Math.max(latest, action.cycle());
      places.computeIfAbsent(place, any -> new ArrayList<>()).add(action);
    }
    Map<List<Object>, List<Work>> stages = new LinkedHashMap<>();
    places.forEach(
        (place, actions) ->
            stages
                .computeIfAbsent(List.of(place.cycle(), place.phase()), any -> new ArrayList<>())
                .addAll(works(actions)));
    return stages.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(
            each ->
                new Stage(
                    (int) each.getKey().get(0), (Phase) each.getKey().get(1), each.getValue()))
        .toList();
  }

  private static Place place(PlannedAction action, NavigableSet<Integer> trained, int latest) {
    Integer particle = action.particle();
    if (action.cycle() < latest) {
      return new Place(Stage.ALL_CYCLES, Phase.AFTER, 0);
    }
    if (particle != null && particle >= 0) {
      trained.add(action.cycle());
      return new Place(action.cycle(), Phase.PARTICLES, particle);
    }
    // A network that is measured is pruned by the same worker, without waiting for others.
    return trained.isEmpty()
        ? new Place(action.cycle(), Phase.BEFORE, 0)
        : new Place(trained.last(), Phase.AFTER, 0);
  }

  /** The work that does what of these actions is to run, and those of others that do the rest. */
  private List<Work> works(List<PlannedAction> actions) {
    Set<Work> works = new HashSet<>();
    List<PlannedAction> own =
        actions.stream().filter(action -> action.state() == State.TO_RUN).toList();
    List<Work> ordered = new ArrayList<>();
    for (PlannedAction action : actions) {
      Work other = makers.get(action.key());
      if (action.state() == State.SHARED && other != null && works.add(other)) {
        ordered.add(other);
      }
    }
    if (!own.isEmpty()) {
      Work work = work(own);
      own.forEach(action -> makers.put(action.key(), work));
      ordered.add(work);
    }
    return ordered;
  }

  private Work work(List<PlannedAction> actions) {
    double all = actions.stream().mapToDouble(seconds).sum();
    double interval =
        actions.stream()
            .filter(PlannedAction::trains)
            .mapToDouble(this::interval)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return new Work(
        actions.get(0).key(),
        all,
        actions.size(),
        actions.stream().anyMatch(PlannedAction::trains),
        interval);
  }

  /** Seconds of training between two checkpoints: the longer of the policy's two spans. */
  private double interval(PlannedAction training) {
    double span = checkpoints.epochs() * seconds.applyAsDouble(training) / training.epochs();
    if (!(span > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    return span * Math.max(1, Math.ceil(60 * checkpoints.minutes() / span));
  }
}
