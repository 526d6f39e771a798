package io.ticketflow.pipelines;

import io.ticketflow.action.Actions;
import io.ticketflow.action.AveragingAction;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.MatchingTicketAction;
import io.ticketflow.action.ParticleAction;
import io.ticketflow.action.PruningAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.RunSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Walks the cycles of runs as the pipeline will, with lookups in place of work. */
final class Planner {
  /** Prunable entries of a network that nobody has made: large, so that counts stay apart. */
  private static final long UNKNOWN_TOTAL = 1_000_000_000L;

  private final Workplace place;
  private final Actions store;
  private final List<PlannedAction> planned = new ArrayList<>();
  private final Map<String, String> outputOf = new HashMap<>();

  Planner(Workplace place) {
    this.place = place;
    this.store = new Actions(place);
  }

  List<PlannedAction> actions() {
    return planned;
  }

  void plan(String run, RunSpec spec) {
    long images = Datasets.load(spec.data()).train().count();
    int rewindEpochs = spec.training().rewindEpochs();
    int cycleEpochs = spec.training().epochs() - rewindEpochs;
    Walk walk = new Walk(run, images);
    String ticket =
        walk.train("matching ticket", MatchingTicketAction.key(place, spec), 0, null, rewindEpochs);
    String start = ticket;
    String mask = walk.artifact("prune", PruningAction.denseKey(spec, ticket), 0);
    for (int cycle = 0; cycle <= spec.pruning().lastCycle(); cycle++) {
      List<String> particles = new ArrayList<>();
      for (int particle = 0; particle < spec.particlesIn(cycle); particle++) {
        String key = ParticleAction.key(place, spec, cycle, particle, start, mask);
        String weights = walk.train("particle", key, cycle, particle, cycleEpochs);
        walk.evaluate(EvaluationAction.key(place, spec, List.of(weights)), cycle, particle);
        particles.add(weights);
      }
      String mean = walk.artifact("average", AveragingAction.key(particles), cycle);
      String solution =
          walk.artifact("recalibrate", RecalibrationAction.key(place, spec, mean), cycle);
      walk.evaluate(EvaluationAction.key(place, spec, List.of(solution)), cycle, null);
      if (spec.evaluation().ensemble() && particles.size() > 1) {
        walk.evaluate(EvaluationAction.key(place, spec, particles), cycle, null);
      }
      if (cycle < spec.pruning().lastCycle()) {
        long kept = spec.pruning().keptAfter(cycle + 1, walk.total);
        mask = walk.artifact("prune", PruningAction.key(spec, kept, solution, mask), cycle + 1);
        start = spec.nextCycle().weights() == NextCycleSpec.Weights.REWIND ? ticket : solution;
      }
    }
  }

  /** One run's way through the plan. */
  private final class Walk {
    private final String run;
    private final long images;
    private long total = UNKNOWN_TOTAL;

    Walk(String run, long images) {
      this.run = run;
      this.images = images;
    }

    String train(String kind, String key, int cycle, @Nullable Integer particle, int epochs) {
      return add(
          kind,
          key,
          cycle,
          particle,
          epochs,
          TrainingResult.class,
          result -> Optional.ofNullable(result.getWeights()));
    }

    String artifact(String kind, String key, int cycle) {
      return add(
          kind,
          key,
          cycle,
          null,
          0,
          ArtifactResult.class,
          result -> {
            if (!result.getLayers().isEmpty()) {
              total = result.getLayers().stream().mapToLong(LayerCount::getTotal).sum();
            }
            return Optional.of(result.getArtifact());
          });
    }

    void evaluate(String key, int cycle, @Nullable Integer particle) {
      add("evaluate", key, cycle, particle, 0, EvaluationResult.class, result -> Optional.empty());
    }

    /** The digest of what the action makes, or a name for it while there is none. */
    private <T extends SpecificRecord> String add(
        String kind,
        String key,
        int cycle,
        @Nullable Integer particle,
        int epochs,
        Class<T> type,
        java.util.function.Function<T, Optional<ArtifactRef>> artifact) {
      String known = outputOf.get(key);
      Optional<T> found = store.find(key, type, artifact);
      PlannedAction.State state =
          known != null
              ? PlannedAction.State.SHARED
              : found.isPresent() ? PlannedAction.State.CACHED : PlannedAction.State.TO_RUN;
      planned.add(
          new PlannedAction(kind, key, run, cycle, particle, state, epochs, epochs * images));
      String output = found.flatMap(artifact).map(ArtifactRef::getSha256).orElse("made by " + key);
      outputOf.put(key, output);
      return output;
    }
  }
}
