package io.ticketflow.action;

import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.DrawKey;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.PruningLoss;
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
  private static final int CODE_VERSION = 2;

  private ParticleAction() {}

  /**
   * Key of a particle's training.
   *
   * @param kept entries that the particle keeps in the end, if its mask changes in training
   * @param weights digest of the weights that the ticket starts from
   * @param mask digest of its mask
   */
  public static String key(
      Workplace place,
      RunSpec spec,
      int cycle,
      int particle,
      long kept,
      String weights,
      String mask) {
    ParticleTraining plan = new ParticleTrainings(spec).of(cycle, particle);
    boolean changes = plan.training().sparsifier().isInside();
    Map<String, Object> matters = new HashMap<>();
    matters.put("data", spec.data().withoutLocation());
    matters.put("model", spec.model());
    matters.put("training", plan);
    matters.put("kept", changes ? kept : 0);
    matters.put("scope", changes ? spec.pruning().scope() : PruningSpec.Scope.GLOBAL);
    matters.put("recalibrationBatches", spec.evaluation().recalibrationBatches());
    matters.put("recalibrationBatch", spec.evaluation().recalibrationBatchSize());
    matters.put("seed", spec.seed());
    matters.put("cycle", cycle);
    matters.put("particle", particle);
    matters.put("platform", place.platform());
    return ActionKey.of("particle", CODE_VERSION, matters, List.of(weights, mask));
  }

  /** The trained particle; its failure says why it cannot be had. */
  public static Done<TrainingResult> perform(
      Workplace place, RunSpec spec, ParticleTask task, EpochListener listener) {
    TicketRecord ticket = task.getTicket();
    ParticleTraining plan = new ParticleTrainings(spec).of(ticket.getCycle(), task.getParticle());
    return Trainings.perform(
        place,
        task.getAction(),
        plan.startEpoch(),
        () -> place.artifacts().loadMasks(ticket.getMask()),
        (masks, device, checkpoints) -> {
          Networks networks = Networks.of(spec);
          TrainingJob job =
              new TrainingJob(
                  networks.graph(),
                  plan,
                  hurt(place, plan, ticket, masks),
                  place.artifacts().load(ticket.getWeights()),
                  masks,
                  spec.keptIn(ticket.getCycle(), ticket.getTotal()),
                  spec.pruning().scope(),
                  spec.data(),
                  new DrawKey(spec.seed(), ticket.getCycle(), task.getParticle()));
          TrainedNetwork trained =
              new TorchTrainer(device).train(job, networks.data(), listener, checkpoints);
          // Nothing goes on from the dense weights of a training that is over.
          boolean goesOn = spec.training().sparsifier().shared();
          return trained.with(
              goesOn ? trained.latent() : Optional.empty(),
              Recalibration.recalibrate(
                  networks.graph(), trained.weights(), networks.data(), spec.evaluation(), device));
        });
  }

  /**
   * How much the mask hurts the weights that it is laid on: ‖w − m∘w‖ / ‖w‖ over the square root of
   * the share of the entries kept so far that it takes; 0 where that is of no effect.
   */
  private static double hurt(
      Workplace place, ParticleTraining plan, TicketRecord ticket, Map<String, Mask> masks) {
    if (plan.rates().rule() != RateSpec.Rule.ALLR) {
      return 0;
    }
    return PruningLoss.of(
        place.artifacts().load(ticket.getWeights()),
        place.artifacts().loadMasks(ticket.getWeights()),
        masks);
  }
}
