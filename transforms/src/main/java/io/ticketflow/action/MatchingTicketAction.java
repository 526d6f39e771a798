package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Epochs;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws w0, or takes it from a file, and trains it, dense, for T0 epochs: wT0, the matching ticket
 * (Frankle et al. 2020). It depends on neither method nor averaging, so all methods of a sweep
 * share it.
 */
public final class MatchingTicketAction {
  /** The particle number that this training draws by; those of a cycle count from 0. */
  public static final int PARTICLE = -1;

  private static final Kind<TrainingResult> KIND = TrainingAction.kind("matching-ticket", 1);

  private MatchingTicketAction() {}

  /** A run's matching ticket. */
  public static Action<TrainingResult> of(Workplace place, RunSpec spec) {
    int rewind = spec.training().rewindEpochs();
    return TrainingAction.of(
        KIND,
        spec,
        Map.of(
            "data", spec.data().withoutLocation(),
            "model", spec.model().withoutLocation(),
            "platform", place.platform(spec),
            "training", spec.training().toTicket(),
            "seed", spec.seed()),
        List.of(),
        new Epochs(0, rewind, (long) rewind * spec.training().optimiser().passes()),
        made -> TrainingAction.promised(made).build(),
        artifacts -> Masks.NONE,
        (at, masks, device) -> train(spec, at, device));
  }

  private static TrainedNetwork train(RunSpec spec, Attempt at, Device device) {
    Networks networks = Networks.of(spec);
    TensorSet drawn = networks.first(spec);
    int rewindEpochs = spec.training().rewindEpochs();
    if (rewindEpochs == 0) {
      return new TrainedNetwork(
          drawn, Masks.NONE, Optional.empty(), Optional.empty(), List.of(), 0);
    }
    TrainedNetwork trained =
        at.place()
            .calculator(spec, device)
            .trainer()
            .train(
                TrainingJob.dense(
                    networks.graph(),
                    spec.training().toTicket(),
                    rewindEpochs,
                    drawn,
                    spec.data(),
                    new DrawKey(spec.seed(), 0, PARTICLE)),
                networks.data(),
                at.listener(),
                at.checkpoints());
    // What trains on from the ticket begins with fresh moments.
    return trained.with(trained.weights(), Optional.empty(), Optional.empty());
  }
}
