package io.ticketflow.runners.sweep;

import io.ticketflow.learn.train.StepRates;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.settings.NearestNames;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The learning rates of a run's trainings: a line for those that are alike. */
public final class RatesText {
  /** What is shown is the rate at an epoch's begin, so how many steps follow changes little. */
  private static final int STEPS = 100;

  private RatesText() {}

  /**
   * The rate of each epoch's first step; of ALLR, the highest that it may have.
   *
   * @throws UserException naming the nearest run, if the experiment has none of that name
   */
  public static List<String> of(Experiment experiment, String name) {
    RunSpec run = run(experiment.runs(), name);
    Map<String, String> lines = new LinkedHashMap<>();
    int rewind = run.training().rewindEpochs();
    if (rewind > 0) {
      ParticleTraining dense =
          new ParticleTraining(run.training().plain(), 0, rewind, RateSpec.SCHEDULE, 0, 0);
      lines.put("matching ticket", rates(dense));
    }
    ParticleTrainings trainings = new ParticleTrainings(run);
    for (int cycle = run.firstCycle(); cycle <= run.lastCycle(); cycle++) {
      int at = cycle;
      List<String> particles =
          IntStream.range(0, run.particlesIn(cycle))
              .mapToObj(particle -> rates(trainings.of(at, particle)))
              .toList();
      boolean alike = particles.stream().distinct().count() == 1;
      for (int particle = 0; particle < (alike ? 1 : particles.size()); particle++) {
        String which = alike ? "" : ", particle " + particle;
        lines.put("cycle " + cycle + which, particles.get(particle));
      }
    }
    return grouped(lines);
  }

  private static List<String> grouped(Map<String, String> lines) {
    Map<String, List<String>> byRates = new LinkedHashMap<>();
    lines.forEach(
        (label, rates) -> byRates.computeIfAbsent(rates, r -> new ArrayList<>()).add(label));
    List<String> text = new ArrayList<>();
    byRates.forEach(
        (rates, labels) -> {
          String last = labels.size() == 1 ? "" : " … " + labels.get(labels.size() - 1);
          text.add(labels.get(0) + last + ": " + rates);
        });
    return text;
  }

  private static String rates(ParticleTraining training) {
    StepRates rates = new StepRates(training, 1, STEPS);
    String each =
        IntStream.range(training.startEpoch(), training.endEpoch())
            .mapToObj(epoch -> number(rates.at((long) epoch * STEPS)))
            .collect(Collectors.joining(" "));
    String averaged =
        training.swaEpochs() == 0 ? "" : ", the last " + training.swaEpochs() + " averaged";
    return "epochs "
        + (training.startEpoch() + 1)
        + " to "
        + training.endEpoch()
        + averaged
        + ": "
        + each;
  }

  private static String number(double rate) {
    return new BigDecimal(rate).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static RunSpec run(List<PlannedRun> runs, String name) {
    List<String> names = runs.stream().map(PlannedRun::run).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw UserException.of(
          "--rates must be a run of the experiment, such as %s, got %s",
          NearestNames.of(name, names, 1).get(0), name);
    }
    return runs.get(at).spec();
  }
}
