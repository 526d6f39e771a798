package io.ticketflow.pipelines.compare;

import io.ticketflow.pipelines.statistics.Equivalence;
import io.ticketflow.pipelines.statistics.Equivalence.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A method's accuracies in one cycle, here and there, compared over seeds. Numbers are points of
 * accuracy (hundredths), but for density and power.
 *
 * @param seeds pairs of runs with the same seed; of an unpaired comparison the fewer of both sides
 * @param paired false if no seed is on both sides
 * @param difference mean here less mean there; null if there is nothing to compare
 * @param low lower end of its 1 − 2·alpha interval; null with too few seeds, like all that follow
 * @param power the chance to find "same" with so many seeds and this spread if nothing differs
 * @param seedsNeeded for a power of 0.8 with this spread; null beyond a thousand and if unpaired
 * @param why what the finding rests on, in words
 */
public record SeedStatistics(
    String method,
    String variant,
    int cycle,
    double density,
    int seeds,
    boolean paired,
    @Nullable Double difference,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable Double power,
    @Nullable Integer seedsNeeded,
    Finding finding,
    String why) {
  /** Two differences say next to nothing of their spread, and may be equal by chance. */
  static final int FEWEST = 3;

  private static final double WANTED_POWER = 0.8;
  private static final int MOST = 1000;

  /**
   * A row for each method, variant and cycle of either side.
   *
   * @param margin in points
   */
  static List<SeedStatistics> of(
      Collection<Accuracy> here, Collection<Accuracy> there, double margin, double alpha) {
    SortedMap<Accuracy.Cell, List<Accuracy>> left = cells(here);
    SortedMap<Accuracy.Cell, List<Accuracy>> right = cells(there);
    Set<Accuracy.Cell> all = new TreeSet<>(left.keySet());
    all.addAll(right.keySet());
    List<SeedStatistics> rows = new ArrayList<>();
    for (Accuracy.Cell cell : all) {
      List<Accuracy> a = left.getOrDefault(cell, List.of());
      List<Accuracy> b = right.getOrDefault(cell, List.of());
      double density = (a.isEmpty() ? b : a).get(0).density();
      rows.add(row(cell, density, bySeed(a), bySeed(b), margin, alpha));
    }
    return rows;
  }

  private static SeedStatistics row(
      Accuracy.Cell cell,
      double density,
      SortedMap<Long, Double> here,
      SortedMap<Long, Double> there,
      double margin,
      double alpha) {
    Set<Long> common = new TreeSet<>(here.keySet());
    common.retainAll(there.keySet());
    boolean paired = !common.isEmpty();
    int seeds = paired ? common.size() : Math.min(here.size(), there.size());
    if (seeds == 0) {
      return few(cell, density, 0, false, null, "it has results on one side only");
    }
    double[] a = points(here, paired ? common : here.keySet());
    double[] b = points(there, paired ? common : there.keySet());
    if (seeds < FEWEST) {
      double difference = Equivalence.mean(a) - Equivalence.mean(b);
      String why =
          seeds + (seeds == 1 ? " seed is" : " seeds are") + " too few, " + FEWEST + " the least";
      return few(cell, density, seeds, paired, difference, why);
    }
    Equivalence test =
        paired
            ? Equivalence.paired(less(a, b), margin, alpha)
            : Equivalence.unpaired(a, b, margin, alpha);
    return new SeedStatistics(
        cell.method(),
        cell.variant(),
        cell.cycle(),
        density,
        seeds,
        paired,
        test.difference(),
        test.low(),
        test.high(),
        test.power(0),
        paired ? needed(test, seeds) : null,
        test.finding(),
        why(test));
  }

  private static SeedStatistics few(
      Accuracy.Cell cell,
      double density,
      int seeds,
      boolean paired,
      @Nullable Double difference,
      String why) {
    return new SeedStatistics(
        cell.method(),
        cell.variant(),
        cell.cycle(),
        density,
        seeds,
        paired,
        difference,
        null,
        null,
        null,
        null,
        Finding.CANNOT_TELL,
        why);
  }

  private static String why(Equivalence test) {
    String margin = String.format(Locale.ROOT, "±%s", test.margin());
    return switch (test.finding()) {
      case SAME -> "the interval lies within " + margin;
      case DIFFERENT -> "the interval lies outside of " + margin;
      case CANNOT_TELL -> "the interval reaches across the end of " + margin;
    };
  }

  /** Power grows with the number of pairs, so the least is found by halving. */
  private static @Nullable Integer needed(Equivalence test, int seeds) {
    double spread = test.error() * Math.sqrt(seeds);
    int low = FEWEST;
    int high = MOST;
    while (low < high) {
      int middle = (low + high) / 2;
      if (power(test, spread, middle) >= WANTED_POWER) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return power(test, spread, low) >= WANTED_POWER ? low : null;
  }

  private static double power(Equivalence test, double spread, int seeds) {
    return new Equivalence(0, spread / Math.sqrt(seeds), seeds - 1, test.margin(), test.alpha())
        .power(0);
  }

  private static SortedMap<Accuracy.Cell, List<Accuracy>> cells(Collection<Accuracy> all) {
    SortedMap<Accuracy.Cell, List<Accuracy>> cells = new TreeMap<>();
    all.forEach(one -> cells.computeIfAbsent(one.cell(), any -> new ArrayList<>()).add(one));
    return cells;
  }

  /** The mean of a seed's results: an input's runs may share one. */
  private static SortedMap<Long, Double> bySeed(List<Accuracy> all) {
    SortedMap<Long, List<Double>> values = new TreeMap<>();
    all.forEach(
        one -> values.computeIfAbsent(one.seed(), s -> new ArrayList<>()).add(one.accuracy()));
    SortedMap<Long, Double> means = new TreeMap<>();
    values.forEach(
        (seed, some) ->
            means.put(
                seed, Equivalence.mean(some.stream().mapToDouble(Double::doubleValue).toArray())));
    return means;
  }

  private static double[] points(SortedMap<Long, Double> bySeed, Set<Long> seeds) {
    return seeds.stream()
        .mapToDouble(seed -> 100 * bySeed.getOrDefault(seed, Double.NaN))
        .toArray();
  }

  private static double[] less(double[] a, double[] b) {
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return differences;
  }
}
