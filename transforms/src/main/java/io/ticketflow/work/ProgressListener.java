package io.ticketflow.work;

import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.store.BlobStore;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a training's progress file, at most once a second while it runs. */
final class ProgressListener implements EpochListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressListener.class);
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final BlobStore blobs;
  private final TrainingProgress.Subject subject;
  private long written = System.nanoTime() - INTERVAL_NANOS;
  private @Nullable EpochPoint last;
  private double imagesPerSecond;

  private ProgressListener(BlobStore blobs, TrainingProgress.Subject subject) {
    this.blobs = blobs;
    this.subject = subject;
  }

  /** Performs a training while its progress is told. */
  static <R> Done<R> watch(
      BlobStore blobs,
      Action<?> action,
      Purpose purpose,
      Function<EpochListener, Done<R>> training) {
    ProgressListener listener = new ProgressListener(blobs, subject(action, purpose));
    Done<R> done;
    try {
      done = training.apply(listener);
    } catch (ActionFailedException e) {
      listener.write(TrainingProgress.State.FAILED);
      throw e;
    }
    if (done.result() instanceof TrainingResult result && result.getFailure() != null) {
      listener.write(TrainingProgress.State.FAILED);
    } else if (!done.found()) {
      listener.write(TrainingProgress.State.DONE);
    } else {
      listener.found();
    }
    return done;
  }

  private static TrainingProgress.Subject subject(Action<?> action, Purpose purpose) {
    Epochs epochs = action.epochs().orElseThrow();
    int particle = Objects.requireNonNull(purpose.particle(), "a training is a particle's");
    return new TrainingProgress.Subject(
        action.key(),
        purpose.run().getRun(),
        purpose.cycle(),
        particle,
        epochs.before(),
        epochs.end());
  }

  @Override
  public void finished(EpochPoint point, double rate) {
    last = point;
    imagesPerSecond = rate;
    if (System.nanoTime() - written >= INTERVAL_NANOS) {
      write(TrainingProgress.State.RUNNING);
    }
  }

  private void found() {
    try {
      // the run that made it in this invocation has told already
      if (!blobs.exists(TrainingProgress.FOLDER + "/" + subject.action() + ".json")) {
        write(TrainingProgress.State.FOUND);
      }
    } catch (IOException e) {
      LOG.debug("no progress of {}", subject, e);
    }
  }

  private void write(TrainingProgress.State state) {
    written = System.nanoTime();
    EpochPoint point = last;
    try {
      if (point == null) {
        subject.at(subject.endEpoch(), null, null, 0, state).write(blobs);
      } else {
        Double accuracy = point.getValidationAccuracy();
        subject
            .at(
                point.getEpoch(),
                point.getTrainLoss(),
                accuracy == null ? Double.valueOf(point.getTrainAccuracy()) : accuracy,
                imagesPerSecond,
                state)
            .write(blobs);
      }
    } catch (IOException e) {
      // progress is for the eye: a training does not end because it cannot tell of itself
      LOG.debug("no progress of {}", subject, e);
    }
  }
}
