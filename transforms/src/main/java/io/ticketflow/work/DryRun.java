package io.ticketflow.work;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.store.Filed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Looks up what is asked for and does nothing. Of what does not exist yet it gives a promise, so
 * that sharing shows before anything has run. Reads the output folder, and what it lacks in the
 * store that outputs share; writes nothing, unless it publishes. For one thread; {@link #beside}
 * makes one for another.
 */
public final class DryRun implements Performer {
  /** What stands for the digest of an artifact that is still to be made ends in this and a key. */
  private static final String MADE_BY = "made by ";

  private final Workplace place;
  private final Found found;
  private final Set<String> onFile;
  private final Map<String, Optional<Known>> asked;
  private final List<PlannedAction> planned = new ArrayList<>();
  private final Optional<Map<String, String>> missing;
  private final boolean publishes;
  private int promises;

  /** What there is of an action, and where. */
  private record Known(Filed<?> filed, PlannedAction.State state) {}

  /** A dry run over what is finished in that place now. */
  public DryRun(Workplace place) {
    this(place, Found.in(place));
  }

  private DryRun(Workplace place, Found found) {
    this(place, found, place.actions().keys(), new ConcurrentHashMap<>(), Optional.empty(), false);
  }

  private DryRun(
      Workplace place,
      Found found,
      Set<String> onFile,
      Map<String, Optional<Known>> asked,
      Optional<Map<String, String>> missing,
      boolean publishes) {
    this.place = place;
    this.found = found;
    this.onFile = onFile;
    this.asked = asked;
    this.missing = missing;
    this.publishes = publishes;
  }

  /**
   * One that also keeps what the keys of missing actions are made of: {@link #missing}. A few
   * kilobytes an action.
   */
  public static DryRun explaining(Workplace place) {
    return new DryRun(
        place,
        Found.in(place),
        place.actions().keys(),
        new ConcurrentHashMap<>(),
        Optional.of(new ConcurrentHashMap<>()),
        false);
  }

  /** What the keys of actions that are not there are made of, by key, if this one explains. */
  public Map<String, String> missing() {
    return missing.map(Collections::unmodifiableMap).orElse(Map.of());
  }

  /**
   * One for readers of results, who need no network: it believes records, and does not read the
   * artifacts that they refer to.
   */
  public static DryRun ofRecords(Workplace place) {
    return new DryRun(place, Found.recordsIn(place));
  }

  /** One over what is finished by now, which does not read again what this one has found. */
  public DryRun again() {
    DryRun later = new DryRun(place, found);
    asked.forEach(
        (key, result) -> {
          if (result.isPresent()) {
            later.asked.put(key, result);
          }
        });
    return later;
  }

  /** One over the same, which lists what it is asked for by itself. */
  public DryRun beside() {
    return new DryRun(place, found, onFile, asked, missing, publishes);
  }

  /**
   * One over what this one has found, which puts records on file as a {@link Worker} does. For runs
   * all of whose actions are finished: a promise is nothing to publish.
   */
  public DryRun publishing() {
    return new DryRun(place, found, onFile, asked, missing, true);
  }

  /** The key of the action that makes what such a digest stands for; empty if there is one. */
  public static Optional<String> maker(String digest) {
    int at = digest.indexOf(MADE_BY);
    return at < 0 ? Optional.empty() : Optional.of(digest.substring(at + MADE_BY.length()));
  }

  /** How often it has given a promise so far. */
  public int promises() {
    return promises;
  }

  /** All that was asked for, in its order. */
  public List<PlannedAction> planned() {
    return planned(List.of(this));
  }

  /** All that several were asked for, one after the other; what comes twice is shared. */
  public static List<PlannedAction> planned(List<DryRun> looks) {
    Set<String> before = new HashSet<>();
    return looks.stream()
        .flatMap(look -> look.planned.stream())
        .map(action -> before.add(action.key()) ? action : action.shared())
        .toList();
  }

  @Override
  public Workplace place() {
    return place;
  }

  @Override
  public <R extends SpecificRecord> Done<R> perform(Action<R> action, Purpose purpose) {
    ArtifactRef made = ArtifactRefs.unchecked("", MADE_BY + action.key(), 0L);
    Optional<Known> known =
        asked.computeIfAbsent(action.key(), key -> found(action).or(() -> inStore(action)));
    Done<R> done =
        known
            .map(there -> Done.of(typed(action, there.filed()), true))
            .orElseGet(() -> Done.promised(action.promise().apply(made)));
    promises += done.found() ? 0 : 1;
    if (!done.found()) {
      missing.ifPresent(texts -> texts.put(action.key(), action.parts().get()));
    }
    long passes = action.epochs().map(Epochs::passes).orElse(0L);
    planned.add(
        new PlannedAction(
            action.kind().name(),
            action.key(),
            purpose.run().getRun(),
            purpose.cycle(),
            purpose.particle(),
            known.map(Known::state).orElse(PlannedAction.State.TO_RUN),
            action.epochs().map(Epochs::count).orElse(0),
            passes == 0 ? 0 : passes * images(purpose.run()),
            made(action, done.result())));
    return done;
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
    if (publishes) {
      if (promises > 0) {
        throw new IllegalStateException(path + " is of what is not finished");
      }
      place.publish(path, type, record);
    }
  }

  /** Asked for once: an artifact is read whole to know that it is sound. */
  private Optional<Known> found(Action<?> action) {
    return onFile.contains(action.key())
        ? found.find(action).map(filed -> new Known(filed, PlannedAction.State.CACHED))
        : Optional.empty();
  }

  /** A key over what is still to be made is in no store. */
  private Optional<Known> inStore(Action<?> action) {
    return found
        .shared()
        .filter(store -> !action.parts().get().contains(MADE_BY))
        .flatMap(store -> store.find(action))
        .map(filed -> new Known(filed, PlannedAction.State.IN_STORE));
  }

  private static <R extends SpecificRecord> Filed<R> typed(Action<R> action, Filed<?> filed) {
    return new Filed<>(action.kind().type().cast(filed.result()), filed.effort(), filed.parts());
  }

  /** Of the train split. */
  private static long images(RunRecord run) {
    return Datasets.load(Specs.of(run).data()).train().count();
  }
}
