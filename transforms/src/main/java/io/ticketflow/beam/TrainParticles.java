package io.ticketflow.beam;

import io.ticketflow.method.RoundOfParticles;
import io.ticketflow.method.TrainParticle;
import io.ticketflow.method.step.Taker;
import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The trained particles of every ticket's round, each measured alone. What {@link WorkAhead} has
 * trained on all slots is found; what is missing is trained here.
 */
public final class TrainParticles
    extends PTransform<PCollection<RunTicket>, Stage<ParticleRecord>> {
  private static final TupleTag<ParticleRecord> PARTICLES = new TupleTag<>("particles") {};

  private final Workplace place;

  private TrainParticles(Workplace place) {
    this.place = place;
  }

  /** Trains in that place. */
  public static TrainParticles at(Workplace place) {
    return new TrainParticles(place);
  }

  @Override
  public Stage<ParticleRecord> expand(PCollection<RunTicket> tickets) {
    return Stage.of(
        tickets.apply("FanOut", StepFn.of(place, TrainParticles::fanOut, PARTICLES)),
        PARTICLES,
        ParticleRecord.class);
  }

  private static void fanOut(Performer by, RunTicket ticket, Yield<ParticleRecord> out) {
    Taker.of(by, out::row)
        .take(RoundOfParticles::fanOut, ticket)
        .forEach(particle -> TrainParticle.take(by, particle, out));
  }
}
