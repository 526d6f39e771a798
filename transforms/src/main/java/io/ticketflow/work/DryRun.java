package io.ticketflow.work;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.RunRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Looks up what is asked for and does nothing. Of what does not exist yet it gives a promise, so
 * that sharing shows before anything has run. Reads the output folder, writes nothing.
 */
public final class DryRun implements Performer {
  private final Workplace place;
  private final Found found;
  private final List<PlannedAction> planned = new ArrayList<>();
  private final Map<String, Optional<? extends SpecificRecord>> asked = new HashMap<>();

  /** A dry run over what is finished in that place. */
  public DryRun(Workplace place) {
    this.place = place;
    this.found = new Found(place.actions(), place.artifacts());
  }

  /** All that was asked for, in its order. */
  public List<PlannedAction> planned() {
    return List.copyOf(planned);
  }

  @Override
  public Workplace place() {
    return place;
  }

  @Override
  public <R extends SpecificRecord> Done<R> perform(Action<R> action, Purpose purpose) {
    boolean shared = asked.containsKey(action.key());
    Optional<R> there = look(action);
    PlannedAction.State state =
        shared
            ? PlannedAction.State.SHARED
            : there.isPresent() ? PlannedAction.State.CACHED : PlannedAction.State.TO_RUN;
    ArtifactRef made = new ArtifactRef("", "made by " + action.key(), 0L);
    R result = there.orElseGet(() -> action.promise().apply(made));
    long passes = action.epochs().map(Epochs::passes).orElse(0L);
    planned.add(
        new PlannedAction(
            action.kind().name(),
            action.key(),
            purpose.run().getRun(),
            purpose.cycle(),
            purpose.particle(),
            state,
            action.epochs().map(Epochs::count).orElse(0),
            passes == 0 ? 0 : passes * images(purpose.run()),
            made(action, result)));
    return new Done<>(result, there.isPresent());
  }

  /** Masks alone tell what they keep. */
  private static <R extends SpecificRecord> PlannedAction.Made made(Action<R> action, R result) {
    if (action.kind().artifact().apply(result).isEmpty()) {
      return PlannedAction.Made.NOTHING;
    }
    return result instanceof ArtifactResult one && !one.getLayers().isEmpty()
        ? PlannedAction.Made.MASK
        : PlannedAction.Made.NETWORK;
  }

  @Override
  public <T extends SpecificRecord> void publish(String path, Class<T> type, T record) {
    // A plan leaves nothing behind.
  }

  /** Once: an artifact is read whole to know that it is sound. */
  private <R extends SpecificRecord> Optional<R> look(Action<R> action) {
    return asked
        .computeIfAbsent(action.key(), key -> found.find(action))
        .map(action.kind().type()::cast);
  }

  /** Of the train split. */
  private static long images(RunRecord run) {
    return Datasets.load(Specs.of(run).data()).train().count();
  }
}
