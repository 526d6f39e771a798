package io.ticketflow.beam;

import io.ticketflow.method.RoundOfParticles;
import io.ticketflow.method.TrainParticle;
import io.ticketflow.method.queue.Hands;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The trained particles of every ticket's round, each measured alone: one training an action, one
 * action a slot.
 */
public final class TrainParticles
    extends PTransform<PCollection<RunTicket>, Stage<ParticleRecord>> {
  private static final TupleTag<ParticleTask> TASKS = new TupleTag<>("particle-tasks") {};
  private static final TupleTag<ParticleRecord> PARTICLES = new TupleTag<>("particles") {};

  private final Workplace place;
  private final Hands hands;

  private TrainParticles(Workplace place, Hands hands) {
    this.place = place.forCall();
    this.hands = hands;
  }

  /** Trains in that place. */
  public static TrainParticles at(Workplace place, Hands hands) {
    return new TrainParticles(place, hands);
  }

  @Override
  public Stage<ParticleRecord> expand(PCollection<RunTicket> tickets) {
    return Stage.of(
        Stage.of(
                tickets
                    .apply("WorkAhead", WorkAhead.ofTickets(place, hands))
                    .apply("FanOut", StepFn.of(place, RoundOfParticles::fanOut, TASKS)),
                TASKS,
                ParticleTask.class)
            .elements() // a fan-out has no rows
            .apply("TrainParticle", StepFn.of(place, TrainParticle::take, PARTICLES)),
        PARTICLES,
        ParticleRecord.class);
  }
}
