package io.ticketflow.method;

import io.ticketflow.method.step.Step;
import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RunTicket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * One round of a cycle, from its ticket to what follows: the order of the steps, for those who take
 * them one after the other. A pipeline takes the same ones as stages.
 *
 * @param solutions of the cycle, if this was its last round
 * @param next tickets: of the run's next cycle and its controls', or of one more round
 */
public record Round(List<MergedRecord> solutions, List<RunTicket> next) {
  private static final Step<List<ParticleRecord>, MergedRecord> MERGE =
      (by, particles, out) -> out.element(MergeParticles.of(by, particles));

  /** Either a ticket, for more particles, or the cycle's network. */
  private static final Step<MergedRecord, SpecificRecord> DECIDE =
      (by, merged, out) -> {
        DecideRound.Decision decision = DecideRound.of(by, merged, out::row);
        decision.more().ifPresent(out::element);
        decision.decided().ifPresent(out::element);
      };

  /** Takes all of a round's steps. */
  public static Round of(Taker by, RunTicket ticket) {
    return of(by, ticket, Map.of());
  }

  /**
   * Takes all of a round's steps.
   *
   * @param trained what training a particle has come to, by its number; others are trained or found
   */
  public static Round of(Taker by, RunTicket ticket, Map<Integer, ParticleRecord> trained) {
    List<ParticleRecord> particles = new ArrayList<>(by.take(RoundOfParticles::earlier, ticket));
    for (ParticleTask task : by.take(RoundOfParticles::fanOut, ticket)) {
      ParticleRecord known = trained.get(task.getParticle());
      particles.addAll(known == null ? by.take(TrainParticle::take, task) : List.of(known));
    }
    MergedRecord merged = by.take(MERGE, particles).get(0);
    SpecificRecord decided = by.take(DECIDE, merged).get(0);
    if (decided instanceof RunTicket more) {
      return new Round(List.of(), List.of(more));
    }
    List<MergedRecord> solutions = by.take(MeasureSolution::take, (MergedRecord) decided);
    List<RunTicket> next = new ArrayList<>();
    solutions.forEach(solution -> next.addAll(by.take(NextTicket::take, solution)));
    return new Round(solutions, next);
  }
}
