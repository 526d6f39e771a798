package io.ticketflow.runners.faults;

import io.ticketflow.runners.faults.agent.Event;
import io.ticketflow.runners.faults.agent.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What all processes of an experiment came to, in the order of time.
 *
 * @param events up to the last whole line
 */
record Journal(List<Event> events) {
  Journal {
    events = events.stream().sorted(Comparator.comparingLong(Event::millis)).toList();
  }

  static Journal read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Journal(List.of());
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return new Journal(whole.lines().map(Event::parse).toList());
  }

  /** Epochs begun, whether or not they came to an end. */
  int epochs() {
    return (int) events.stream().filter(event -> event.operation().equals("epoch")).count();
  }

  /** Where a fault happened. */
  Optional<Event> fired() {
    return events.stream().filter(event -> event.operation().equals(Event.FIRED)).findFirst();
  }

  /** The first event after a moment of which something holds. */
  Optional<Event> after(long millis, Predicate<Event> wanted) {
    return events.stream().filter(event -> event.millis() > millis).filter(wanted).findFirst();
  }

  /** Seconds from the fault to when the work stood there again: that moment, in any process. */
  Optional<Double> recovery(Fault fault) {
    return fired()
        .flatMap(
            death ->
                after(death.millis(), event -> isThere(fault, death, event))
                    .map(event -> (event.millis() - death.millis()) / 1000.0));
  }

  /** Paths of the artifacts of trained networks (not of their checkpoints), as they were made. */
  Stream<String> trainedArtifacts() {
    return moved().filter(event -> !event.stack().contains("CheckpointStore")).map(Event::path);
  }

  /** Paths of the states of unfinished trainings, as they were made. */
  Stream<String> checkpointArtifacts() {
    return moved().filter(event -> event.stack().contains("CheckpointStore")).map(Event::path);
  }

  private Stream<Event> moved() {
    return events.stream()
        .filter(event -> event.operation().equals("move") && event.path().startsWith("artifacts/"))
        .filter(event -> event.stack().contains("TrainingAction."));
  }

  /** Whether a training came to an epoch, or an action to its end. */
  static boolean isProgress(Event event) {
    return event.operation().equals("epoch")
        || (event.operation().equals("create") && event.path().startsWith("actions/"));
  }

  /** Steps are not written down: the epoch stands for them. */
  private static boolean isThere(Fault fault, Event death, Event event) {
    return fault.operation().equals("step")
        ? event.operation().equals("epoch") && event.training().equals(death.training())
        : fault.matches(event);
  }
}
