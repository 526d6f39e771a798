package io.ticketflow.runners.progress;

import io.ticketflow.pipelines.report.NaturalOrder;
import io.ticketflow.work.TrainingProgress;
import io.ticketflow.work.TrainingProgress.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run at one moment.
 *
 * @param work what there was to train at the start
 * @param finished trainings of this invocation, by action; a training that several runs share is
 *     one
 * @param running trainings that are under way
 * @param epochsDone by both
 * @param left estimate of the time left, from the rate so far; empty while the start, when engine
 *     and processor are cold, is still much of what has been seen
 * @param phase where the whole is, in words, such as "cycle 3 of 10: averaging"; empty if not known
 */
public record Overview(
    Work work,
    List<TrainingProgress> finished,
    List<TrainingProgress> running,
    long epochsDone,
    Optional<Duration> left,
    Optional<String> phase) {
  private static final double ENOUGH_SHARE = 0.1;
  private static final Duration ENOUGH_TIME = Duration.ofMinutes(2);

  private static final Comparator<TrainingProgress> ORDER =
      Comparator.comparing(TrainingProgress::run, new NaturalOrder())
          .thenComparing(TrainingProgress::cycle)
          .thenComparing(TrainingProgress::particle)
          .thenComparing(TrainingProgress::action);

  public Overview {
    finished = List.copyOf(finished);
    running = List.copyOf(running);
  }

  /** The moment that these reports describe, so long after the start. */
  public static Overview of(Work work, List<TrainingProgress> reports, Duration elapsed) {
    Map<String, TrainingProgress> byAction = new LinkedHashMap<>();
    reports.stream()
        // A matching ticket at epoch 0 is the initialisation: nothing is trained.
        .filter(report -> report.endEpoch() > report.startEpoch())
        .sorted(ORDER)
        .forEach(report -> byAction.putIfAbsent(report.action(), report));
    List<TrainingProgress> finished = inState(byAction, EnumSet.of(State.DONE, State.FAILED));
    List<TrainingProgress> running = inState(byAction, EnumSet.of(State.RUNNING));
    long epochs =
        Stream.concat(finished.stream(), running.stream())
            .mapToLong(training -> training.epoch() - training.startEpoch())
            .sum();
    return new Overview(
        work,
        finished,
        running,
        epochs,
        left(work, epochs, running.size(), elapsed),
        Optional.empty());
  }

  /** The same moment, in that phase. */
  public Overview in(Optional<String> where) {
    return new Overview(work, finished, running, epochsDone, left, where);
  }

  private static List<TrainingProgress> inState(
      Map<String, TrainingProgress> reports, Set<State> states) {
    return reports.values().stream().filter(report -> states.contains(report.state())).toList();
  }

  private static Optional<Duration> left(
      Work work, long epochsDone, int running, Duration elapsed) {
    boolean much = epochsDone >= ENOUGH_SHARE * work.epochs();
    // Long epochs are no reason to wait for a tenth of them; two for each that runs will do.
    boolean late = elapsed.compareTo(ENOUGH_TIME) >= 0 && epochsDone >= 2L * running;
    if (epochsDone == 0 || epochsDone > work.epochs() || !(much || late)) {
      return Optional.empty();
    }
    double each = (double) elapsed.toMillis() / epochsDone;
    return Optional.of(Duration.ofMillis(Math.round(each * (work.epochs() - epochsDone))));
  }
}
