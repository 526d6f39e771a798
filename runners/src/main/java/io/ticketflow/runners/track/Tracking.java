package io.ticketflow.runners.track;

import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The trackers of a call of {@code run}; what goes wrong with one is a sentence, never an error.
 */
public final class Tracking {
  private static final String TENSORBOARD = "tensorboard";
  private static final String MLFLOW = "mlflow=";

  private final List<Tracker> trackers;
  private final List<String> sentences = new ArrayList<>();

  Tracking(List<Tracker> trackers) {
    this.trackers = List.copyOf(trackers);
  }

  /**
   * The trackers that options name; nothing is written or sent yet.
   *
   * @param options {@code tensorboard}, {@code mlflow=URI}
   * @param environment of the process, for credentials
   * @throws UserException if an option names none
   */
  public static Tracking of(List<String> options, Map<String, String> environment) {
    List<Tracker> trackers = new ArrayList<>();
    for (String option : options) {
      if (option.equals(TENSORBOARD)) {
        trackers.add(new TensorBoard());
      } else if (option.startsWith(MLFLOW)) {
        trackers.add(new Mlflow(MlflowServer.at(option.substring(MLFLOW.length()), environment)));
      } else {
        throw UserException.of(
            "--track must be tensorboard or mlflow=URI, got %s",
            option.replaceAll("//[^/@]*@", "//"));
      }
    }
    return new Tracking(trackers);
  }

  /** Training is about to begin. */
  public void begun(RunStatus status, List<RunRecord> runs) {
    each(tracker -> tracker.begun(status, runs));
  }

  /** The sweep has ended; comes out: what could not be told, a sentence a tracker. */
  public List<String> ended(RunStatus status, Location output) {
    each(tracker -> tracker.ended(status, output));
    return List.copyOf(sentences);
  }

  private interface Telling {
    void tell(Tracker tracker) throws IOException;
  }

  private void each(Telling telling) {
    for (Tracker tracker : trackers) {
      try {
        telling.tell(tracker);
      } catch (IOException | RuntimeException | LinkageError e) {
        sentences.add("Tracking is not complete, the run is: " + Reason.of(e));
      }
    }
  }
}
