package io.ticketflow.pipelines;

import io.ticketflow.action.AveragingAction;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.ParticleAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.action.SoupAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.Merge;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One cycle of a run in the plan: particles, their merging, its measures. Where rounds have been
 * measured the plan knows as the pipeline did which round was the last; else it counts all.
 */
final class PlannedCycle {
  private final Workplace place;
  private final RunSpec spec;
  private final PlanWalk walk;
  private final int cycle;

  PlannedCycle(Workplace place, RunSpec spec, PlanWalk walk, int cycle) {
    this.place = place;
    this.spec = spec;
    this.walk = walk;
    this.cycle = cycle;
  }

  /**
   * What a cycle makes, by digest or name.
   *
   * @param latent the dense weights behind the solution; the solution where there are none
   */
  record Made(String solution, String latent) {}

  Made plan(String start, String mask) {
    List<String> particles = new ArrayList<>();
    List<String> latents = new ArrayList<>();
    int all = spec.particlesIn(cycle);
    int step = spec.adaptive().perRound() == 0 ? all : spec.adaptive().perRound();
    OptionalDouble before = OptionalDouble.empty();
    String solution = "";
    while (particles.size() < all) {
      int had = particles.size();
      int until = Math.min(all, had + step);
      for (int particle = had; particle < until; particle++) {
        PlanWalk.Trained trained = train(particle, start, mask);
        particles.add(trained.weights());
        latents.add(trained.latent());
      }
      String earlier = solution;
      String merged = merge(particles);
      solution = walk.artifact("recalibrate", RecalibrationAction.key(place, spec, merged), cycle);
      Optional<EvaluationResult> measured =
          walk.evaluate(EvaluationAction.key(place, spec, List.of(solution)), cycle, null);
      OptionalDouble loss = validationLoss(measured);
      if (before.isPresent() && loss.isPresent()) {
        if (before.getAsDouble() <= loss.getAsDouble()) {
          solution = earlier;
          particles.subList(had, until).clear();
        }
        if (!spec.adaptive().helped(before.getAsDouble(), loss.getAsDouble())) {
          break;
        }
      }
      if (loss.isEmpty() && step < all) {
        solution = "decided among " + solution; // perhaps it will be that of fewer particles
      }
      before = loss;
    }
    if (spec.evaluation().ensemble() && particles.size() > 1 && spec.delivers(cycle)) {
      walk.evaluate(EvaluationAction.key(place, spec, particles), cycle, null);
    }
    boolean latent = spec.training().sparsifier().name() == SparsifierSpec.Name.DPF;
    return new Made(
        solution,
        latent && spec.training().sparsifier().shared()
            ? walk.artifact("average", AveragingAction.key(latents), cycle)
            : solution);
  }

  private PlanWalk.Trained train(int particle, String start, String mask) {
    ParticleTraining plan = new ParticleTrainings(spec).of(cycle, particle);
    String key =
        ParticleAction.key(
            place, spec, cycle, particle, spec.keptIn(cycle, walk.total()), start, mask);
    PlanWalk.Trained trained =
        walk.train("particle", key, cycle, particle, plan.epochs(), plan.passes());
    walk.evaluate(EvaluationAction.key(place, spec, List.of(trained.weights())), cycle, particle);
    return trained;
  }

  private String merge(List<String> particles) {
    return spec.merge() == Merge.GREEDY && particles.size() > 1
        ? walk.soup("soup", SoupAction.key(place, spec, particles), cycle)
        : walk.artifact("average", AveragingAction.key(particles), cycle);
  }

  private static OptionalDouble validationLoss(Optional<EvaluationResult> measured) {
    return measured.stream()
        .flatMap(result -> result.getSplits().stream())
        .filter(split -> split.getSplit().equals("validation"))
        .mapToDouble(SplitScores::getLoss)
        .findFirst();
  }
}
