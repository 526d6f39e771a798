package io.ticketflow.method;

import io.ticketflow.action.ParticleAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Specs;
import java.util.List;

/** The particles that a ticket's cycle gets in one round; without rounds there is one, of all. */
public final class RoundOfParticles {
  private RoundOfParticles() {}

  /** One task a particle of this round. */
  public static void fanOut(Performer by, RunTicket element, Yield<ParticleTask> out) {
    RunSpec spec = Specs.of(element.getRun());
    TicketRecord ticket = element.getTicket();
    int all = after(element, spec);
    for (int particle = before(element).size(); particle < all; particle++) {
      out.element(
          new ParticleTask(
              ParticleAction.of(by.place(), spec, ticket, particle).key(),
              element.getRun(),
              ticket,
              particle,
              all,
              element.getRound()));
    }
  }

  /** The particles of the rounds before, which count in this round's mean. */
  public static void earlier(Performer by, RunTicket element, Yield<ParticleRecord> out) {
    List<ArtifactRef> before = before(element);
    int all = after(element, Specs.of(element.getRun()));
    for (int particle = 0; particle < before.size(); particle++) {
      TrainingResult training =
          TrainingResult.newBuilder()
              .setAction("")
              .setWeights(before.get(particle))
              .setEpochs(List.of())
              .setImages(0)
              .setSeconds(0)
              .setDevice("")
              .build();
      out.element(
          new ParticleRecord(
              element.getRun(),
              element.getTicket(),
              particle,
              all,
              training,
              true,
              element.getRound()));
    }
  }

  private static List<ArtifactRef> before(RunTicket element) {
    RoundRecord round = element.getRound();
    boolean member = PerturbedMembers.isMember(element.getRun(), element.getTicket());
    return round == null || member ? List.of() : round.getParticles();
  }

  /** Particles that the cycle has after this round. */
  private static int after(RunTicket element, RunSpec spec) {
    int all = spec.particlesIn(element.getTicket().getCycle());
    int step = spec.adaptive().perRound() == 0 ? all : spec.adaptive().perRound();
    return Math.min(all, before(element).size() + step);
  }
}
