package io.ticketflow.result;

import io.ticketflow.network.Counts;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.work.Performer;
import java.util.List;

/** Tickets and solutions as records and as the files tickets/RUN/cycle-CC.avro and solutions/…. */
public final class Tickets {
  private Tickets() {}

  /**
   * The ticket of a mask laid on weights.
   *
   * @param moments of each particle's optimiser, if it goes on
   */
  public static TicketRecord ticket(
      RunRecord run,
      int cycle,
      ArtifactResult mask,
      ArtifactRef weights,
      List<ArtifactRef> moments) {
    Counts counts = Counts.of(mask.getLayers());
    return new TicketRecord(
        run.getRun(),
        run.getMethod(),
        run.getVariant(),
        run.getSeed(),
        cycle,
        counts.density(),
        counts.kept(),
        counts.total(),
        mask.getLayers(),
        mask.getArtifact(),
        weights,
        moments);
  }

  /** The ticket as a training left it: its sparsifier may have changed the mask. */
  public static TicketRecord trained(TicketRecord ticket, TrainingResult training) {
    if (training.getMask() == null) {
      return ticket;
    }
    Counts counts = Counts.of(training.getLayers());
    return TicketRecord.newBuilder(ticket)
        .setMask(training.getMask())
        .setLayers(training.getLayers())
        .setKept(counts.kept())
        .setDensity((double) counts.kept() / ticket.getTotal())
        .build();
  }

  /** The solution that a merged network is. */
  public static SolutionRecord solution(MergedRecord merged) {
    TicketRecord ticket = merged.getTicket();
    return new SolutionRecord(
        ticket.getRun(),
        ticket.getMethod(),
        ticket.getVariant(),
        ticket.getSeed(),
        ticket.getCycle(),
        ticket.getDensity(),
        ticket.getKept(),
        ticket.getTotal(),
        merged.getWeights(),
        merged.getParticles());
  }

  /** Puts a ticket on file. */
  public static void publish(Performer by, TicketRecord ticket) {
    by.publish(ticketPath(ticket.getRun(), ticket.getCycle()), TicketRecord.class, ticket);
  }

  /** The file of a ticket, below the output. */
  public static String ticketPath(String run, int cycle) {
    return path("tickets", run, cycle);
  }

  /** Puts the solution of a merged network on file. */
  public static void publish(Performer by, MergedRecord merged) {
    SolutionRecord solution = solution(merged);
    by.publish(
        path("solutions", solution.getRun(), solution.getCycle()), SolutionRecord.class, solution);
  }

  private static String path(String folder, String run, int cycle) {
    return folder + "/" + run + (cycle < 10 ? "/cycle-0" : "/cycle-") + cycle + ".avro";
  }
}
