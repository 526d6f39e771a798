package io.ticketflow.runners.bench.scale;

import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a sweep of timed trainings took beside them, from its costs. */
public final class ScaleBench {
  private ScaleBench() {}

  /**
   * Prints the figures of a sweep that is done.
   *
   * @param args the output, its slots, and when command and end were, in ms since 1970
   */
  public static void main(String[] args) throws IOException {
    int slots = Integer.parseInt(args[1]);
    long command = Long.parseLong(args[2]);
    long end = Long.parseLong(args[3]);
    List<CostRow> made =
        Outcome.costs(new Location(args[0])).stream().filter(row -> !row.getCached()).toList();
    List<Training> trainings =
        made.stream()
            .filter(row -> row.getKind().equals("train"))
            .filter(row -> row.getEpochs() > 0)
            .map(Training::of)
            .toList();
    Map<Integer, List<Training>> cycles =
        trainings.stream()
            .collect(Collectors.groupingBy(Training::cycle, TreeMap::new, Collectors.toList()));
    double work = work(trainings);
    print("trainings", trainings.size());
    print("trainings, s of all slots", work);
    print("from the command to the first training, s", (begin(trainings) - command) / 1000.0);
    print("from the first training to the end, s", (end - begin(trainings)) / 1000.0);
    double stages = 0;
    double least = 0;
    for (List<Training> cycle : cycles.values()) {
      stages += span(cycle);
      least += Math.max(work(cycle) / slots, longest(cycle));
    }
    print("slots busy while a cycle's trainings remain, %", 100 * work / (slots * stages));
    print("  the most that any order reaches, %", 100 * work / (slots * least));
    print(
        "slots busy from the first training to the last, %",
        100 * work / (slots * span(trainings)));
    double all = made.stream().mapToDouble(CostRow::getSeconds).sum();
    double beside = end - begin(trainings) - 1000 * work / slots;
    print("a training beside its own time, ms", beside / trainings.size());
    print(
        "  and beside its share of measuring, averaging and pruning, ms",
        (beside - 1000 * (all - work) / slots) / trainings.size());
    print("a cycle beside its trainings, s", (span(trainings) - stages) / cycles.size());
  }

  private static double work(List<Training> trainings) {
    return trainings.stream().mapToDouble(Training::seconds).sum();
  }

  private static double longest(List<Training> trainings) {
    return trainings.stream().mapToDouble(Training::seconds).max().orElse(0);
  }

  private static long begin(List<Training> trainings) {
    return trainings.stream().mapToLong(Training::begun).min().orElseThrow();
  }

  /** Seconds from the first one's begin to the last one's end. */
  private static double span(List<Training> trainings) {
    double end =
        trainings.stream()
            .mapToDouble(each -> each.begun() / 1000.0 + each.seconds())
            .max()
            .orElseThrow();
    return end - begin(trainings) / 1000.0;
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-60s %10.2f%n", what, value);
  }

  /** One that was made, and when it began in ms since 1970. */
  private record Training(int cycle, long begun, double seconds) {
    static Training of(CostRow row) {
      Instant begun = Objects.requireNonNull(row.getBegun());
      return new Training(row.getCycle(), begun.toEpochMilli(), row.getSeconds());
    }
  }
}
