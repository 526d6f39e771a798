package io.ticketflow.method;

import io.ticketflow.action.ImportAction;
import io.ticketflow.method.merge.MergeRules;
import io.ticketflow.method.merge.Particles;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.InputSolutions;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;

/**
 * The particles of a finished run of another output, merged anew by this run's rule, cycle by
 * cycle. Nothing is trained, and no cycle builds on the one before: all are of the input's tickets.
 */
final class MergeInput {
  private MergeInput() {}

  /** The merged networks of a run that has an input, recalibrated and measured. */
  static void take(Performer by, RunRecord run, Yield<MergedRecord> out) {
    InputRecord input = run.getInput();
    BlobStore there = Blobs.at(input.getOutput());
    for (SolutionRecord solution : InputSolutions.read(there, input)) {
      if (solution.getParticles().isEmpty()) {
        throw UserException.of(
            "run %s of %s has no particles on file in cycle %d: it merged none itself",
            input.getRun(), input.getOutput(), solution.getCycle());
      }
      TicketRecord ticket = InputSolutions.ticket(there, input, solution.getCycle());
      Purpose purpose = Purpose.of(run, solution.getCycle());
      by.perform(ImportAction.of(input, ticket.getWeights()), purpose);
      for (ArtifactRef particle : solution.getParticles()) {
        by.perform(ImportAction.of(input, particle), purpose);
      }
      merge(by, run, named(run, ticket, solution), solution, out);
    }
  }

  private static void merge(
      Performer by,
      RunRecord run,
      TicketRecord ticket,
      SolutionRecord solution,
      Yield<MergedRecord> out) {
    Particles particles = Particles.of(ticket, solution.getParticles());
    ArtifactRef merged =
        MergeRules.of(Specs.of(run), particles).merge(by, Purpose.of(run, ticket), particles);
    MeasureSolution.take(
        by,
        MergedRecord.newBuilder()
            .setRun(run)
            .setTicket(ticket)
            .setWeights(merged)
            .setParticles(solution.getParticles())
            .build(),
        out);
  }

  /** The ticket as this run tells of it; the particles have its mask, which is not copied. */
  private static TicketRecord named(RunRecord run, TicketRecord ticket, SolutionRecord solution) {
    return TicketRecord.newBuilder(ticket)
        .setRun(run.getRun())
        .setMethod(run.getMethod())
        .setVariant(run.getVariant())
        .setMask(solution.getParticles().get(0))
        .build();
  }
}
