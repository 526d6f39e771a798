package io.ticketflow.beam;

import io.ticketflow.method.RoundOfParticles;
import io.ticketflow.method.TrainParticle;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The trained particles of every ticket's round, each measured alone: fan-out, one training an
 * action, one action a slot.
 */
public final class TrainParticles
    extends PTransform<PCollection<RunTicket>, Stage<ParticleRecord>> {
  private static final TupleTag<ParticleTask> TASKS = new TupleTag<>("particle-tasks") {};
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
        Stage.of(
                tickets.apply("FanOut", StepFn.of(place, RoundOfParticles::fanOut, TASKS)),
                TASKS,
                ParticleTask.class)
            .elements() // a fan-out has no rows
            .apply("KeyByAction", WithKeys.of(ParticleTask::getAction))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(ParticleTask.class)))
            .apply("Share", new GroupByAction<>())
            .apply("TrainParticle", StepFn.of(place, StepFn.each(TrainParticle::take), PARTICLES)),
        PARTICLES,
        ParticleRecord.class);
  }
}
