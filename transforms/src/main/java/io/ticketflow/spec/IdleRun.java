package io.ticketflow.spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The keys of a run that its own specification makes idle, and the trainings that it comes to.
 *
 * @param trainings distinct ones, that to the matching ticket first
 */
public record IdleRun(RunSpec run, Set<ParticleTraining> trainings) {
  /** What of a run has no effect. */
  public static IdleRun of(RunSpec run) {
    Set<ParticleTraining> trainings = new LinkedHashSet<>();
    TrainingSpec training = run.training();
    if (training.rewindEpochs() > 0) {
      trainings.add(ParticleTraining.toTicket(training));
    }
    ParticleTrainings all = new ParticleTrainings(run);
    for (int cycle = run.firstCycle(); cycle <= run.lastCycle(); cycle++) {
      for (int particle = 0; particle < run.particlesIn(cycle); particle++) {
        trainings.add(all.of(cycle, particle));
      }
    }
    return new IdleRun(run, trainings);
  }

  /** Adds them. */
  public void idle(IdleKeys keys) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    boolean control = run.tickets().isControl();
    int last = run.lastCycle() - run.perturbed().members();
    run.data().idle(keys);
    run.training().idle(keys);
    run.training().optimiser().idle(keys, decays());
    run.training().swa().idle(keys, averaged());
    sparsifier.idle(keys);
    keys.none(
        run.training().validateEvery() > 0
            && trainings.stream().noneMatch(ParticleTraining::validates),
        "training.validateEvery",
        "no training comes to that epoch");
    run.pruning()
        .idle(
            keys,
            !control && last > 0,
            control ? "tickets.from brings the masks" : "no cycle prunes",
            run.regime().keepsStep());
    boolean retrains =
        IntStream.rangeClosed(run.firstCycle(), last).anyMatch(run.regime()::retrains);
    boolean varied = !run.variation().lengths().isEmpty();
    run.nextCycle().idle(keys, retrains, varied, run.training().rewindEpochs() == 0);
    run.variation().idle(keys, retrains, particles(1));
    run.adaptive().idle(keys, particles(0));
    run.tickets().idle(keys);
    run.pool().idle(keys);
    run.measure().idle(keys, several());
    run.perturbed().idle(keys, new ParticleTrainings(run).of(run.lastCycle(), 0).swaEpochs());
    merging(keys, last);
  }

  private void merging(IdleKeys keys, int last) {
    List<Integer> particles = run.particles();
    keys.partly(
            particles.size() > last + 1,
            "particles",
            "has more numbers than there are cycles (" + (last + 1) + ")")
        .none(particles(0) == 1, "merge", "no cycle has more than one particle")
        .none(particles(0) == 1, "pruning.voting", "no cycle has more than one particle")
        .none(!several(), "evaluation.ensemble", "no cycle has more than one particle")
        .none(run.members() > 1, "evaluation.ensemble", "the members are the ensemble")
        .none(run.members() == 1, "together", "members is 1")
        .none(particles(0) == 1, "training.averageEvery", "no cycle has more than one particle")
        .none(
            run.training().averageEvery() > 0 && last == run.firstCycle(),
            "training.averageEvery",
            "no training is longer");
    run.merging().idle(keys, run.merge(), particles(0) > 1);
  }

  private boolean decays() {
    return trainings.stream().anyMatch(t -> t.training().optimiser().weightDecay() > 0);
  }

  private int averaged() {
    return trainings.stream().mapToInt(ParticleTraining::swaEpochs).max().orElse(0);
  }

  /** Whether any cycle's network is made of several. */
  private boolean several() {
    return particles(0) > 1 || run.perturbed().members() > 1;
  }

  /** The most of a cycle from that one on. */
  private int particles(int from) {
    return IntStream.rangeClosed(Math.max(from, run.firstCycle()), run.lastCycle())
        .map(run::particlesIn)
        .max()
        .orElse(1);
  }
}
