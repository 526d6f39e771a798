package io.ticketflow.pipelines;

import io.ticketflow.action.Actions;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TrainingResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One run's way through the plan: each action is looked up, and its output named. */
final class PlanWalk {
  /** Prunable entries of a network that nobody has made: large, so that counts stay apart. */
  private static final long UNKNOWN_TOTAL = 1_000_000_000L;

  private final Actions store;
  private final Book book;
  private final String run;
  private final long images;
  private long total = UNKNOWN_TOTAL;

  /** What all runs share: the actions so far, and what each makes. */
  static final class Book {
    final List<PlannedAction> planned = new ArrayList<>();
    final Map<String, String> outputOf = new HashMap<>();
  }

  /**
   * @param images of the train split
   */
  PlanWalk(Actions store, Book book, String run, long images) {
    this.store = store;
    this.book = book;
    this.run = run;
    this.images = images;
  }

  /** Prunable entries, once a mask is known. */
  long total() {
    return total;
  }

  /**
   * A training's network.
   *
   * @param passes over the train split
   */
  Trained train(
      String kind, String key, int cycle, @Nullable Integer particle, int epochs, long passes) {
    Optional<TrainingResult> found =
        find(key, TrainingResult.class, result -> Optional.ofNullable(result.getWeights()));
    String weights =
        add(
            kind,
            key,
            cycle,
            particle,
            epochs,
            passes * images,
            found.isPresent(),
            found.map(TrainingResult::getWeights));
    String latent =
        found.map(TrainingResult::getLatent).map(ArtifactRef::getSha256).orElse("latent of " + key);
    return new Trained(weights, latent);
  }

  /** Names of what a training makes. */
  record Trained(String weights, String latent) {}

  String artifact(String kind, String key, int cycle) {
    Optional<ArtifactResult> found =
        find(key, ArtifactResult.class, result -> Optional.of(result.getArtifact()));
    found
        .map(ArtifactResult::getLayers)
        .filter(layers -> !layers.isEmpty())
        .ifPresent(layers -> total = layers.stream().mapToLong(LayerCount::getTotal).sum());
    return add(
        kind, key, cycle, null, 0, 0, found.isPresent(), found.map(ArtifactResult::getArtifact));
  }

  String soup(String kind, String key, int cycle) {
    Optional<SoupResult> found =
        find(key, SoupResult.class, result -> Optional.of(result.getWeights()));
    return add(kind, key, cycle, null, 0, 0, found.isPresent(), found.map(SoupResult::getWeights));
  }

  Optional<EvaluationResult> evaluate(String key, int cycle, @Nullable Integer particle) {
    Optional<EvaluationResult> found =
        find(key, EvaluationResult.class, result -> Optional.empty());
    add("evaluate", key, cycle, particle, 0, 0, found.isPresent(), Optional.empty());
    return found;
  }

  private <T extends SpecificRecord> Optional<T> find(
      String key, Class<T> type, Function<T, Optional<ArtifactRef>> artifact) {
    return store.find(key, type, artifact);
  }

  /** The digest of what the action makes, or a name for it while there is none. */
  private String add(
      String kind,
      String key,
      int cycle,
      @Nullable Integer particle,
      int epochs,
      long imagePasses,
      boolean found,
      Optional<ArtifactRef> output) {
    PlannedAction.State state =
        book.outputOf.containsKey(key)
            ? PlannedAction.State.SHARED
            : found ? PlannedAction.State.CACHED : PlannedAction.State.TO_RUN;
    book.planned.add(
        new PlannedAction(kind, key, run, cycle, particle, state, epochs, imagePasses));
    String name = output.map(ArtifactRef::getSha256).orElse("made by " + key);
    book.outputOf.put(key, name);
    return name;
  }
}
