package io.ticketflow.runners.sweep;

import io.ticketflow.learn.train.StepRates;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.settings.NearestNames;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The learning rates of a run's trainings: a line for neighbours that are alike. */
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
    List<String> text = new ArrayList<>();
    if (run.training().rewindEpochs() > 0) {
      text.add("matching ticket: " + rates(ParticleTraining.toTicket(run.training())));
    }
    ParticleTrainings trainings = new ParticleTrainings(run);
    int last = run.lastCycle();
    for (int cycle = run.firstCycle(); cycle <= last; cycle++) {
      int first = cycle;
      List<String> particles = particles(run, trainings, first);
      while (cycle < last && particles(run, trainings, cycle + 1).equals(particles)) {
        cycle++;
      }
      String cycles = "cycle " + first + (cycle == first ? "" : " … " + cycle);
      particles.forEach(each -> text.add(cycles + each));
    }
    return text;
  }

  /** One line if all particles of the cycle are alike. */
  private static List<String> particles(RunSpec run, ParticleTrainings trainings, int cycle) {
    List<String> each =
        IntStream.range(0, run.particlesIn(cycle))
            .mapToObj(particle -> rates(trainings.of(cycle, particle)))
            .toList();
    return each.stream().distinct().count() == 1
        ? List.of(": " + each.get(0))
        : IntStream.range(0, each.size())
            .mapToObj(particle -> ", particle " + particle + ": " + each.get(particle))
            .toList();
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
