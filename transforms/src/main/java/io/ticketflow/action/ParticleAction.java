package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.DrawKey;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.TrainingJob;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.TensorSet;
import java.util.List;
import java.util.Map;

/**
 * Trains one particle of a cycle from a ticket, for epochs T0 … T, and recalibrates its BatchNorm:
 * the same treatment for every method. The result depends on the ticket and the particle's number
 * alone, so a cycle with eight particles contains that with four.
 */
public final class ParticleAction {
  private static final int CODE_VERSION = 1;

  private ParticleAction() {}

  /**
   * Key of a particle's training.
   *
   * @param weights digest of the weights that the ticket starts from
   * @param mask digest of its mask
   */
  public static String key(
      Workplace place, RunSpec spec, int cycle, int particle, String weights, String mask) {
    return ActionKey.of(
        "particle",
        CODE_VERSION,
        Map.of(
            "data", spec.data().withoutLocation(),
            "model", spec.model(),
            "training",
                spec.training().swa().fraction() == 0
                    ? spec.training().withoutSwa()
                    : spec.training(),
            "lastLearningRate", lastLearningRate(spec, cycle),
            "recalibrationBatches", spec.evaluation().recalibrationBatches(),
            "evaluationBatch", spec.evaluation().batchSize(),
            "seed", spec.seed(),
            "cycle", cycle,
            "particle", particle,
            "platform", place.platform()),
        List.of(weights, mask));
  }

  /** The trained particle; its failure says why it cannot be had. */
  public static Done<TrainingResult> perform(
      Workplace place, RunSpec spec, ParticleTask task, EpochListener listener) {
    return Trainings.perform(
        place,
        task.getAction(),
        spec.training().rewindEpochs(),
        () -> place.artifacts().loadMasks(task.getTicket().getMask()),
        (masks, device, checkpoints) ->
            train(place, spec, task, masks, device, listener, checkpoints));
  }

  private static TrainedNetwork train(
      Workplace place,
      RunSpec spec,
      ParticleTask task,
      Map<String, Mask> masks,
      Device device,
      EpochListener listener,
      Checkpoints checkpoints) {
    Networks networks = Networks.of(spec);
    TensorSet start = place.artifacts().load(task.getTicket().getWeights());
    int cycle = task.getTicket().getCycle();
    TrainedNetwork trained =
        new TorchTrainer(device)
            .train(
                new TrainingJob(
                    networks.graph(),
                    spec.training(),
                    start,
                    masks,
                    spec.training().rewindEpochs(),
                    spec.training().epochs(),
                    lastLearningRate(spec, cycle),
                    spec.training().swa().fraction() > 0,
                    spec.data(),
                    new DrawKey(spec.seed(), cycle, task.getParticle())),
                networks.data(),
                listener,
                checkpoints);
    return new TrainedNetwork(
        Recalibration.recalibrate(
            networks.graph(), trained.weights(), networks.data(), spec.evaluation(), device),
        trained.epochs(),
        trained.images());
  }

  private static boolean lastLearningRate(RunSpec spec, int cycle) {
    return cycle > 0 && spec.nextCycle().schedule() == NextCycleSpec.Schedule.LAST;
  }
}
