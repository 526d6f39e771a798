package io.ticketflow.runners.progress;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
public final class TimeText {
  private TimeText() {}

  /** Such as 0.4 s, 12 s, 3 min 05 s, 2 h 10 min or 3 d 04 h. */
  public static String of(Duration time) {
    long seconds = time.plusMillis(500).toSeconds();
    if (time.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%d d %02d h", seconds / 86_400, seconds % 86_400 / 3600);
  }
}
