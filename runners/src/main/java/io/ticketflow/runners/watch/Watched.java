package io.ticketflow.runners.watch;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.sweep.StatusSnapshot;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An output that is looked at when somebody asks, and not too often: viewers who ask within the
 * same two seconds get the same moment, and looking takes a tenth of the time at most, since the
 * machine has better things to do.
 */
final class Watched {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int SHARE = 10;

  private final Location output;
  private final LiveReport report;
  private Moment moment;
  private Instant next;

  /**
   * Looks for the first time.
   *
   * @param devices that the output's run takes
   * @throws UserException if there is no run, or its experiment or data cannot be read
   */
  Watched(Location output, DevicePolicy devices) throws IOException {
    this.output = output;
    this.report = new LiveReport(output, devices);
    this.moment = look(Instant.now());
    this.next = Instant.now().plus(PAUSE); // data are read once
  }

  Location output() {
    return output;
  }

  /** The run as of two seconds ago at most, if looking is quick. */
  synchronized Moment now() {
    Instant start = Instant.now();
    if (start.isBefore(next)) {
      return moment;
    }
    try {
      moment = look(start);
    } catch (UserException | IOException | UncheckedIOException e) {
      moment = moment.without(String.valueOf(e.getMessage()));
    }
    next = after(start);
    return moment;
  }

  private Moment look(Instant when) throws IOException {
    StatusSnapshot standing = StatusSnapshot.look(output);
    return new Moment(standing, report.of(standing.status()), when, Optional.empty());
  }

  private static Instant after(Instant start) {
    Instant end = Instant.now();
    Duration taken = Duration.between(start, end).multipliedBy(SHARE - 1);
    return end.plus(taken.compareTo(PAUSE) > 0 ? taken : PAUSE);
  }
}
