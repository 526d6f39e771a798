package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.tables.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many actions each worker had in hand, over time. */
final class WorkersFigure {
  private static final int BINS = 120;
  private static final int MOST_WORKERS = 16;

  private record Work(String worker, String kind, Interval time) {}

  private record Key(String worker, String kind) {}

  private WorkersFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    List<Work> all = works(experiments);
    List<String> workers = busiest(all);
    List<Work> works = all.stream().filter(work -> workers.contains(work.worker())).toList();
    Interval.Joined clock = Interval.Joined.of(all.stream().map(Work::time).toList());
    return new Figure(
        "workers",
        "What workers had in hand",
        "Actions at once, mean of each moment, a panel a process. Only time in which anything was"
            + " being done counts: where all workers paused for over "
            + Interval.Joined.PAUSE.toSeconds()
            + " seconds, as between two calls, the clock stands still.",
        rows(works, clock),
        workers.size() < all.stream().map(Work::worker).distinct().count()
            ? List.of("The " + MOST_WORKERS + " processes that did most are drawn.")
            : List.of());
  }

  /** Of every action of which it is known who made it and when. */
  private static List<Work> works(List<ExperimentTables> experiments) {
    List<Work> works = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (ExperimentTables experiment : experiments) {
      for (CostRow row : experiment.rows(Tables.COSTS)) {
        Instant begun = row.getBegun();
        String worker = row.getWorker();
        if (begun != null && worker != null && told.add(row.getAction())) { // once if shared
          double from = begun.toEpochMilli() / 1e3;
          works.add(new Work(worker, row.getKind(), new Interval(from, from + row.getSeconds())));
        }
      }
    }
    return works;
  }

  private static List<String> busiest(List<Work> works) {
    Map<String, Double> busy =
        works.stream()
            .collect(
                Collectors.groupingBy(
                    Work::worker,
                    TreeMap::new,
                    Collectors.summingDouble(work -> work.time().length())));
    return busy.keySet().stream()
        .sorted(Comparator.comparing((String worker) -> -busy.getOrDefault(worker, 0.0)))
        .limit(MOST_WORKERS)
        .toList();
  }

  private static List<Map<String, Object>> rows(List<Work> works, Interval.Joined clock) {
    Map<Key, double[]> inHand = new LinkedHashMap<>();
    double width = clock.length() / BINS;
    for (Work work : works) {
      double[] bins =
          inHand.computeIfAbsent(new Key(work.worker(), work.kind()), key -> new double[BINS]);
      double from = clock.at(work.time().from());
      double to = clock.at(work.time().to());
      for (int bin = (int) (from / width); bin < BINS && bin * width < to; bin++) {
        bins[bin] += Math.min(to, (bin + 1) * width) - Math.max(from, bin * width);
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    inHand.forEach(
        (key, bins) -> {
          for (int bin = 0; bin < BINS; bin++) {
            if (bins[bin] > 0) {
              rows.add(row(key, bin * width, (bin + 1) * width, bins[bin] / width));
            }
          }
        });
    return rows;
  }

  private static Map<String, Object> row(Key key, double from, double to, double actions) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.worker);
    row.put("kind", key.kind);
    row.put("from", from);
    row.put("to", to);
    row.put("actions", actions);
    return row;
  }
}
