package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.network.Masks;
import io.ticketflow.network.PruningLoss;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.settings.Remembered;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Epochs;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one particle of a cycle from a ticket, for epochs T0 … T, and recalibrates its BatchNorm:
 * the same treatment for every method. The result depends on the ticket and the particle's number
 * alone, so a cycle with eight particles contains that with four.
 */
public final class ParticleAction {
  private static final Kind<TrainingResult> KIND = TrainingAction.kind("particle", 4);

  private static final Remembered<RunSpec, ParticleTrainings> TRAININGS =
      new Remembered<>(256, ParticleTrainings::new);

  private ParticleAction() {}

  /**
   * A particle's training.
   *
   * @param particle its number in the cycle, from 0
   */
  public static Action<TrainingResult> of(
      Workplace place, RunSpec spec, TicketRecord ticket, int particle) {
    int cycle = ticket.getCycle();
    long kept = spec.keptIn(cycle, ticket.getTotal());
    ParticleTraining plan = TRAININGS.of(spec).of(cycle, particle);
    boolean changes = plan.training().sparsifier().isInside();
    int draws = spec.regime().resumes(cycle) ? spec.firstCycle() : cycle;
    boolean goesOn = spec.regime().resumes(cycle + 1);
    List<ArtifactRef> inputs = new ArrayList<>(List.of(ticket.getWeights(), ticket.getMask()));
    Optional<ArtifactRef> moments = ticket.getMoments().stream().skip(particle).findFirst();
    moments.ifPresent(inputs::add);
    Map<String, Object> matters = new HashMap<>();
    matters.put("data", spec.data().withoutLocation());
    matters.put("model", spec.model().withoutLocation());
    matters.put("training", plan);
    matters.put("kept", changes ? kept : 0);
    matters.put("scope", changes ? spec.pruning().scope() : PruningSpec.Scope.GLOBAL);
    matters.put("recalibrationBatches", spec.evaluation().recalibrationBatches());
    matters.put("recalibrationBatch", spec.evaluation().recalibrationBatchSize());
    matters.put("seed", spec.seed());
    matters.put("cycle", draws);
    matters.put("particle", particle);
    matters.put("platform", place.platform(spec));
    if (plan.rates().rule() == RateRule.ALLR) {
      matters.put("norm", spec.nextCycle().norm());
    }
    if (goesOn) {
      matters.put("moments", "kept");
    }
    return TrainingAction.of(
        KIND,
        spec,
        matters,
        inputs,
        new Epochs(plan.startEpoch(), plan.endEpoch(), plan.passes()),
        made -> promised(plan, ticket, changes, goesOn, kept, made),
        artifacts -> artifacts.loadMasks(ticket.getMask()),
        (at, masks, device) -> {
          Networks networks = Networks.of(spec);
          TrainingJob job =
              new TrainingJob(
                  networks.graph(),
                  plan,
                  hurt(at.artifacts(), spec, plan, ticket, masks),
                  at.artifacts().load(ticket.getWeights()),
                  masks,
                  kept,
                  spec.pruning().scope(),
                  spec.data(),
                  new DrawKey(spec.seed(), draws, particle),
                  moments.map(state -> before(at.artifacts(), spec, plan, particle, state)));
          return train(at, spec, networks, job, device, goesOn);
        });
  }

  /** The segments that this one goes on from, back to the first. */
  private static TrainingJob.Before before(
      ArtifactStore artifacts,
      RunSpec spec,
      ParticleTraining plan,
      int particle,
      ArtifactRef moments) {
    int first = TRAININGS.of(spec).of(spec.firstCycle(), particle).startEpoch();
    return new TrainingJob.Before(plan.startEpoch() - first, artifacts.load(moments));
  }

  private static TrainingResult promised(
      ParticleTraining plan,
      TicketRecord ticket,
      boolean changes,
      boolean goesOn,
      long kept,
      ArtifactRef made) {
    TrainingResult.Builder result = TrainingAction.promised(made);
    if (keepsLatent(plan)) {
      result.setLatent(named("beside " + made.getSha256()));
    }
    if (goesOn) {
      result.setMoments(named("moments " + made.getSha256()));
    }
    if (changes) {
      result
          .setMask(named("mask " + made.getSha256()))
          .setLayers(ArtifactAction.sum(kept, ticket.getTotal()));
    }
    return result.build();
  }

  private static ArtifactRef named(String name) {
    return ArtifactRefs.unchecked("", name, 0L);
  }

  /**
   * Whether the next segment goes on from the dense weights behind the sparse network, or the next
   * member by the spread of this one.
   */
  private static boolean keepsLatent(ParticleTraining plan) {
    SparsifierSpec sparsifier = plan.training().sparsifier();
    return plan.spread() || (sparsifier.shared() && sparsifier.name().keepsDense());
  }

  private static TrainedNetwork train(
      Attempt at, RunSpec spec, Networks networks, TrainingJob job, Device device, boolean goesOn) {
    Calculator calculator = at.place().calculator(spec, device);
    TrainedNetwork trained =
        calculator.trainer().train(job, networks.data(), at.listener(), at.checkpoints());
    // Nothing goes on from the dense weights and moments of a training that is over.
    return trained.with(
        Recalibration.recalibrate(
            job.graph(), trained.weights(), networks.data(), spec.evaluation(), calculator),
        keepsLatent(job.plan()) ? trained.latent() : Optional.empty(),
        goesOn ? trained.moments() : Optional.empty());
  }

  /**
   * How much the mask hurts the weights that it is laid on: ‖w − m∘w‖ / ‖w‖ over the square root of
   * the share of the entries kept so far that it takes; 0 where that is of no effect.
   */
  private static double hurt(
      ArtifactStore artifacts,
      RunSpec spec,
      ParticleTraining plan,
      TicketRecord ticket,
      Masks masks) {
    if (plan.rates().rule() != RateRule.ALLR) {
      return 0;
    }
    return PruningLoss.of(
        artifacts.load(ticket.getWeights()),
        artifacts.loadMasks(ticket.getWeights()),
        masks,
        spec.nextCycle().norm() == NextCycleSpec.Norm.ALL);
  }
}
