package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an experiment's tables know of why an average fell short of its particles, a sentence each:
 * a barrier, a distance, one bad particle, a rate that rose, too little retraining.
 */
final class ShortfallReasons {
  /** A particle so far below the mean of the others, in fractions of accuracy, is told of. */
  private static final double FAR = 0.02;

  /** A loss that still falls so much in its last epoch has not been trained to its end. */
  private static final double STILL = 0.05;

  private final Shortfall of;
  private final Set<String> runs;

  private ShortfallReasons(Shortfall of) {
    this.of = of;
    this.runs = of.networks().stream().map(Shortfall.Network::run).collect(Collectors.toSet());
  }

  /** All that is known; nothing if nothing is. */
  static List<String> of(Shortfall shortfall) {
    ShortfallReasons reasons = new ShortfallReasons(shortfall);
    List<String> all = new ArrayList<>();
    reasons.barrier(all);
    reasons.distance(all);
    reasons.badParticle(all);
    reasons.epochs(all);
    return all;
  }

  private void barrier(List<String> all) {
    List<BarrierRow> lines =
        of.experiment().rows(Tables.BARRIERS).stream()
            .filter(row -> isHere(row.getRun(), row.getCycle()))
            .filter(row -> row.getMeasure().equals(MeasureSpec.Name.PARTICLE_BARRIERS.label()))
            .toList();
    mean(lines.stream().map(BarrierRow::getLossBarrier).toList())
        .ifPresent(
            barrier ->
                all.add(
                    say(
                        "Between particles the loss rises by %s nats above the worse end (mean of"
                            + " %d lines).",
                        digits(barrier), lines.size())));
  }

  private void distance(List<String> all) {
    List<PairRow> pairs =
        of.experiment().rows(Tables.PAIRS).stream()
            .filter(row -> isHere(row.getRun(), row.getCycle()))
            .toList();
    mean(pairs.stream().map(PairRow::getDistance).toList())
        .ifPresent(
            distance ->
                all.add(
                    say(
                        "Particles lie %s apart, the cosine between them is %s.",
                        digits(distance),
                        digits(mean(pairs.stream().map(PairRow::getCosine).toList()).orElse(0)))));
  }

  private void badParticle(List<String> all) {
    for (Shortfall.Network network : of.networks()) {
      for (int i = 0; i < network.particles().size(); i++) {
        List<Double> others = new ArrayList<>(network.particles());
        double accuracy = others.remove(i);
        double below = mean(others).orElse(accuracy) - accuracy;
        if (below > FAR) {
          all.add(
              say(
                  "In %s particle %d is %s points below the others.",
                  network.run(), i, Percent.points(below)));
        }
      }
    }
  }

  /** The first particle of the first run stands for all: they share settings. */
  private void epochs(List<String> all) {
    Map<Integer, EpochRow> epochs = new TreeMap<>();
    String run = of.networks().get(0).run();
    of.experiment().rows(Tables.EPOCHS).stream()
        .filter(row -> row.getRun().equals(run) && row.getCycle() == of.cycle())
        .filter(row -> row.getParticle() == 0)
        .forEach(row -> epochs.put(row.getEpoch(), row));
    List<EpochRow> order = List.copyOf(epochs.values());
    for (int i = 1 + order.size() / 2; i < order.size(); i++) {
      double before = order.get(i - 1).getLearningRate();
      double now = order.get(i).getLearningRate();
      if (now > before) {
        all.add(
            say(
                "In epoch %d the learning rate rises from %s to %s.",
                order.get(i).getEpoch(), digits(before), digits(now)));
      }
    }
    if (order.size() > 1) {
      double before = order.get(order.size() - 2).getTrainLoss();
      double now = order.get(order.size() - 1).getTrainLoss();
      if (now < before * (1 - STILL)) {
        all.add(
            say(
                "The training loss still fell by %.0f %% in the last epoch: particles may be"
                    + " trained too little.",
                100 * (1 - now / before)));
      }
    }
  }

  private boolean isHere(String run, int cycle) {
    return cycle == of.cycle() && runs.contains(run);
  }

  private static OptionalDouble mean(Collection<Double> values) {
    return values.stream().mapToDouble(value -> value).average();
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String say(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
