package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.ImportAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.InputSolutions;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.Blobs;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/**
 * The solutions of a finished run of another output, copied into this one and measured here, where
 * they are pooled; else their particles, merged anew. Nothing is trained.
 */
public final class ImportRun {
  private ImportRun() {}

  /** The solutions of a run that has an input. */
  public static void take(Performer by, RunRecord run, Yield<MergedRecord> out) {
    boolean pools = !Specs.of(run).pool().isNone();
    Failing.toRow(
        run,
        0,
        "",
        out,
        () -> {
          if (pools) {
            copy(by, run, out);
          } else {
            MergeInput.take(by, run, out);
          }
        });
  }

  private static void copy(Performer by, RunRecord run, Yield<MergedRecord> out) {
    InputRecord input = run.getInput();
    List<SolutionRecord> solutions = InputSolutions.read(Blobs.at(input.getOutput()), input);
    for (SolutionRecord solution : solutions) {
      by.perform(
          ImportAction.of(input, solution.getWeights()), Purpose.of(run, solution.getCycle()));
    }
    solutions.forEach(solution -> measure(by, run, solution, out));
  }

  private static void measure(
      Performer by, RunRecord run, SolutionRecord found, Yield<MergedRecord> out) {
    MergedRecord solution =
        MergedRecord.newBuilder()
            .setRun(run)
            .setTicket(ticket(run, found))
            .setWeights(found.getWeights())
            .setParticles(List.of())
            .build();
    Tickets.publish(by, solution);
    Done<EvaluationResult> evaluated =
        by.perform(
            EvaluationAction.of(by.place(), Specs.of(run), List.of(found.getWeights())),
            Purpose.of(run, found.getCycle()));
    Rows table = Rows.of(run, found);
    out.rows(table.merged(evaluated.result()));
    out.row(table.costs().evaluation(null, evaluated));
    out.element(solution);
  }

  /** Its counts, as pools need them; nobody trains it here. */
  private static TicketRecord ticket(RunRecord run, SolutionRecord found) {
    ArtifactRef weights = found.getWeights();
    return new TicketRecord(
        run.getRun(),
        run.getMethod(),
        run.getVariant(),
        run.getSeed(),
        found.getCycle(),
        found.getDensity(),
        found.getKept(),
        found.getTotal(),
        List.of(),
        weights,
        weights,
        List.of());
  }
}
