package io.ticketflow.pipelines.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From one moment to another, in seconds; from is not after to. */
record Interval(double from, double to) {
  double length() {
    return to - from;
  }

  /**
   * A clock that stands still in long pauses.
   *
   * @param parts in order, with pauses between them
   */
  record Joined(List<Interval> parts) {
    /** Longer ones are left out. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** One that runs where any of these does, and in short pauses between them. */
    static Joined of(List<Interval> all) {
      List<Interval> parts = new ArrayList<>();
      for (Interval next :
          all.stream().sorted(Comparator.comparingDouble(Interval::from)).toList()) {
        int last = parts.size() - 1;
        if (last >= 0 && next.from() <= parts.get(last).to() + PAUSE.toSeconds()) {
          Interval before = parts.get(last);
          parts.set(last, new Interval(before.from(), Math.max(before.to(), next.to())));
        } else {
          parts.add(next);
        }
      }
      return new Joined(List.copyOf(parts));
    }

    /** What the clock shows at last. */
    double length() {
      return parts.stream().mapToDouble(Interval::length).sum();
    }

    /** What it shows at a moment, from 0. */
    double at(double moment) {
      return parts.stream()
          .filter(part -> part.from() < moment)
          .mapToDouble(part -> Math.min(part.to(), moment) - part.from())
          .sum();
    }
  }
}
