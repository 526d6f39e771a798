package io.ticketflow.method;

import io.ticketflow.action.PerturbationAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members of one run, a cycle each: what the next one sets out from, and which ones it joins. The
 * network of its cycle is the mean of all so far, whose particles they are; so a cycle tells of
 * their ensemble too.
 */
final class PerturbedMembers {
  private PerturbedMembers() {}

  /** Whether the ticket is a member's. */
  static boolean isMember(RunRecord run, TicketRecord ticket) {
    return Specs.of(run).regime().isMember(ticket.getCycle());
  }

  /** The weights of the next member: the solution's, or those of the newest member, moved. */
  static ArtifactRef start(Performer by, MergedRecord solution) {
    RunSpec run = Specs.of(solution.getRun());
    int cycle = solution.getTicket().getCycle();
    if (!run.regime().isMember(cycle)) {
      return solution.getWeights();
    }
    List<ArtifactRef> members = solution.getParticles();
    ArtifactRef newest = members.get(members.size() - 1);
    ArtifactRef spread = solution.getLatent();
    if (spread == null) { // it is kept where a factor asks for it
      return newest;
    }
    return by.perform(
            PerturbationAction.of(run, cycle + 1, newest, spread),
            Purpose.of(solution.getRun(), cycle + 1))
        .result()
        .getArtifact();
  }

  /** The members that the next one joins; null if it is the first, or none. */
  static @Nullable RoundRecord before(MergedRecord solution) {
    return isMember(solution.getRun(), solution.getTicket())
        ? new RoundRecord(solution.getParticles(), solution.getWeights(), Double.NaN)
        : null;
  }

  /** All members so far, of which this one is the newest; of other cycles its particles. */
  static List<ArtifactRef> joined(ParticleRecord newest, List<ArtifactRef> own) {
    RoundRecord before = newest.getRound();
    return before == null || !isMember(newest.getRun(), newest.getTicket())
        ? own
        : Stream.concat(before.getParticles().stream(), own.stream()).toList();
  }
}
