package io.ticketflow.beam;

import io.ticketflow.action.ParticleAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** One task a particle of a ticket's round, keyed by its training action. */
final class FanOut extends DoFn<RunTicket, KV<String, ParticleTask>> {
  private final Workplace place;

  FanOut(Workplace place) {
    this.place = place;
  }

  @ProcessElement
  public void process(@Element RunTicket element, OutputReceiver<KV<String, ParticleTask>> out) {
    TicketRecord ticket = element.getTicket();
    RunSpec spec = Specs.of(element.getRun());
    int first = trained(element);
    int last = trainedAfter(element, spec);
    for (int particle = first; particle < last; particle++) {
      String action =
          ParticleAction.key(
              place,
              spec,
              ticket.getCycle(),
              particle,
              spec.keptIn(ticket.getCycle(), ticket.getTotal()),
              ticket.getWeights().getSha256(),
              ticket.getMask().getSha256());
      out.output(
          KV.of(
              action,
              new ParticleTask(
                  action, element.getRun(), ticket, particle, last, element.getRound())));
    }
  }

  /** Particles that a cycle has before a round. */
  static int trained(RunTicket element) {
    RoundRecord round = element.getRound();
    return round == null ? 0 : round.getParticles().size();
  }

  /** Particles that it has after it. */
  static int trainedAfter(RunTicket element, RunSpec spec) {
    int all = spec.particlesIn(element.getTicket().getCycle());
    int step = spec.adaptive().perRound();
    return step == 0 ? all : Math.min(all, trained(element) + step);
  }
}
