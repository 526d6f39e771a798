package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.ParticleAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/** A ticket's particle, trained and measured alone. */
public final class TrainParticle {
  private TrainParticle() {}

  /** The particle of a task; one that cannot be had says why. */
  public static void take(Performer by, ParticleTask task, Yield<ParticleRecord> out) {
    RunSpec spec = Specs.of(task.getRun());
    int particle = task.getParticle();
    Purpose purpose = new Purpose(task.getRun(), task.getTicket().getCycle(), particle);
    Done<TrainingResult> trained =
        Failing.orElse(
            () ->
                by.perform(
                    ParticleAction.of(by.place(), spec, task.getTicket(), particle), purpose),
            why -> Done.promised(failed(by, task, why)));
    TicketRecord ticket = Tickets.trained(task.getTicket(), trained.result());
    out.row(Rows.of(task.getRun(), ticket).costs().training(particle, trained));
    TrainingResult result =
        Failing.orElse(
            () -> measured(by, purpose, particle, ticket, trained.result(), out),
            why -> unmeasured(trained.result(), why));
    out.element(
        new ParticleRecord(
            task.getRun(),
            ticket,
            particle,
            task.getParticles(),
            result,
            trained.found(),
            task.getRound()));
  }

  private static TrainingResult measured(
      Performer by,
      Purpose purpose,
      int particle,
      TicketRecord ticket,
      TrainingResult result,
      Yield<ParticleRecord> out) {
    if (result.getWeights() == null) {
      return result;
    }
    RunSpec spec = Specs.of(purpose.run());
    Done<EvaluationResult> evaluated =
        by.perform(EvaluationAction.of(by.place(), spec, List.of(result.getWeights())), purpose);
    Rows table = Rows.of(purpose.run(), ticket);
    if (spec.regime().changesMasksInTraining() && particle == 0) {
      out.rows(table.layers(ticket.getLayers())); // the ticket's own where no change came about
    }
    out.rows(table.curve(particle, result));
    out.rows(table.particle(particle, evaluated.result(), result));
    out.row(table.costs().evaluation(particle, evaluated));
    return result;
  }

  /** If the output of a network is not finite, its training has failed. */
  private static TrainingResult unmeasured(TrainingResult result, String why) {
    EpochPoint last = result.getEpochs().get(result.getEpochs().size() - 1);
    return TrainingResult.newBuilder(result)
        .setFailure(
            why
                + " after epoch "
                + last.getEpoch()
                + ", at learning rate "
                + last.getLearningRate())
        .build();
  }

  /** Not committed: another version of the program, or of the machine, may do better. */
  private static TrainingResult failed(Performer by, ParticleTask task, String why) {
    return TrainingResult.newBuilder()
        .setAction(task.getAction())
        .setFailure(why)
        .setEpochs(List.of())
        .setImages(0)
        .setSeconds(0)
        .setDevice(by.place().devices().name())
        .build();
  }
}
