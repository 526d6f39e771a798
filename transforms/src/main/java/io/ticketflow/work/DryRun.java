package io.ticketflow.work;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Looks up what is asked for and does nothing. Of what does not exist yet it gives a promise, so
 * that sharing shows before anything has run. Reads the output folder, writes nothing.
 */
public final class DryRun implements Performer {
  private final Workplace place;
  private final Found found;
  private final List<PlannedAction> planned = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Long> images = new HashMap<>();

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
    Optional<R> there = found.find(action);
    PlannedAction.State state =
        !asked.add(action.key())
            ? PlannedAction.State.SHARED
            : there.isPresent() ? PlannedAction.State.CACHED : PlannedAction.State.TO_RUN;
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
            passes == 0 ? 0 : passes * images(purpose.run())));
    return new Done<>(there.orElseGet(action::promised), there.isPresent());
  }

  @Override
  public <T extends SpecificRecord> void publish(String path, Class<T> type, T record) {
    // A plan leaves nothing behind.
  }

  /** Of the train split. */
  private long images(RunRecord run) {
    return images.computeIfAbsent(
        run.getSpec(),
        spec ->
            (long) Datasets.load(CanonicalJson.read(spec, RunSpec.class).data()).train().count());
  }
}
