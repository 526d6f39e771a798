package io.ticketflow.beam;

import io.ticketflow.method.RoundOfParticles;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;

/**
 * More particles for the cycles that ask for them, round by round, until the mean gets no better:
 * adaptive particles. What comes out is the network of every cycle, decided.
 *
 * <p>Rounds are unrolled: each is a stage of its own, which a cycle reaches only if the round
 * before it made the mean better by more than {@code adaptive.minGain}. So the graph is bounded,
 * and whether a round happens is decided by a worker, by what validation says.
 */
public final class MoreRounds extends PTransform<PCollection<MergedRecord>, Stage<MergedRecord>> {
  private static final TupleTag<MergedRecord> DECIDED = new TupleTag<>("networks") {};
  private static final TupleTag<ParticleRecord> EARLIER = new TupleTag<>("earlier") {};

  private final Workplace place;
  private final int rounds;

  private MoreRounds(Workplace place, int rounds) {
    this.place = place;
    this.rounds = rounds;
  }

  /**
   * After the first round.
   *
   * @param rounds that a cycle may have in all, at least 2
   */
  public static MoreRounds at(Workplace place, int rounds) {
    return new MoreRounds(place, rounds);
  }

  @Override
  public Stage<MergedRecord> expand(PCollection<MergedRecord> first) {
    DecideRounds.Decided decided = first.apply("Decide", DecideRounds.at(place));
    PCollectionList<MergedRecord> networks = PCollectionList.of(decided.networks());
    PCollectionList<MetricRow> rows = PCollectionList.of(decided.rows());
    for (int round = 2; round <= rounds; round++) {
      PCollection<RunTicket> more = decided.more();
      Stage<ParticleRecord> trained = more.apply("TrainRound" + round, TrainParticles.at(place));
      PCollection<ParticleRecord> earlier =
          Stage.of(
                  more.apply(
                      "EarlierRound" + round, StepFn.of(place, RoundOfParticles::earlier, EARLIER)),
                  EARLIER,
                  ParticleRecord.class)
              .elements();
      decided =
          PCollectionList.of(trained.elements())
              .and(earlier)
              .apply("TogetherRound" + round, Flatten.pCollections())
              .apply("AverageRound" + round, AverageParticles.at(place))
              .apply("DecideRound" + round, DecideRounds.at(place));
      networks = networks.and(decided.networks());
      rows = rows.and(trained.rows()).and(decided.rows());
    }
    return new Stage<>(
        DECIDED,
        networks.apply("Networks", Flatten.pCollections()),
        rows.apply("RoundRows", Flatten.pCollections()));
  }
}
