package io.ticketflow.beam;

import static java.util.Locale.ROOT;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Tickets and solutions as records and as the files tickets/RUN/cycle-CC.avro and solutions/…. */
final class Tickets {
  private Tickets() {}

  /** The ticket of a mask laid on weights, written to its file. */
  static RunTicket write(
      BlobStore blobs, RunRecord run, int cycle, ArtifactResult mask, ArtifactRef weights) {
    long kept = mask.getLayers().stream().mapToLong(LayerCount::getKept).sum();
    long total = mask.getLayers().stream().mapToLong(LayerCount::getTotal).sum();
    TicketRecord ticket =
        new TicketRecord(
            run.getRun(),
            run.getMethod(),
            run.getVariant(),
            run.getSeed(),
            cycle,
            (double) kept / total,
            kept,
            total,
            mask.getLayers(),
            mask.getArtifact(),
            weights);
    write(blobs, "tickets", run.getRun(), cycle, TicketRecord.class, ticket);
    return new RunTicket(run, ticket, null);
  }

  /** The matching ticket: all that the dense training to it can tell of a ticket. */
  static TicketRecord dense(RunRecord run, ArtifactRef weights) {
    return new TicketRecord(
        run.getRun(),
        run.getMethod(),
        run.getVariant(),
        run.getSeed(),
        0,
        1.0,
        0L,
        0L,
        List.of(),
        weights,
        weights);
  }

  /** The ticket as a training left it, whose sparsifier changed the mask. */
  static TicketRecord trained(TicketRecord ticket, TrainingResult training) {
    if (training.getMask() == null) {
      return ticket;
    }
    long kept = training.getLayers().stream().mapToLong(LayerCount::getKept).sum();
    return TicketRecord.newBuilder(ticket)
        .setMask(training.getMask())
        .setLayers(training.getLayers())
        .setKept(kept)
        .setDensity((double) kept / ticket.getTotal())
        .build();
  }

  /** The solution that a merged network is. */
  static SolutionRecord solution(MergedRecord merged) {
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

  /** The solution of a merged network, written to its file. */
  static void writeSolution(BlobStore blobs, MergedRecord merged) {
    SolutionRecord solution = solution(merged);
    write(
        blobs, "solutions", solution.getRun(), solution.getCycle(), SolutionRecord.class, solution);
  }

  private static <T extends SpecificRecord> void write(
      BlobStore blobs, String folder, String run, int cycle, Class<T> type, T record) {
    String path = String.format(ROOT, "%s/%s/cycle-%02d.avro", folder, run, cycle);
    try {
      blobs.write(path, out -> ContainerFiles.write(type, List.of(record), out));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
