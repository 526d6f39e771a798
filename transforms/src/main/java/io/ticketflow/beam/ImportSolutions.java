package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.ImportAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.SpecException;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The solutions of finished runs of other outputs, copied into this one and measured here. Nothing
 * is trained.
 */
public final class ImportSolutions extends PTransform<PCollection<RunRecord>, Stage<MergedRecord>> {
  private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("imported") {};

  private final Workplace place;

  private ImportSolutions(Workplace place) {
    this.place = place;
  }

  public static ImportSolutions at(Workplace place) {
    return new ImportSolutions(place);
  }

  @Override
  public Stage<MergedRecord> expand(PCollection<RunRecord> runs) {
    return Stage.of(
        runs.apply(
            "ReadSolutions",
            ParDo.of(new ImportFn(place)).withOutputTags(SOLUTIONS, Stage.WITH_ROWS)),
        SOLUTIONS,
        MergedRecord.class);
  }

  private static final class ImportFn extends DoFn<RunRecord, MergedRecord> {
    private final Workplace place;

    ImportFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element RunRecord run, MultiOutputReceiver out) {
      OutputReceiver<MetricRow> rows = out.get(Stage.ROWS);
      try {
        for (SolutionRecord found : ImportAction.perform(place, run.getInput())) {
          take(run, found, rows, out.get(SOLUTIONS));
        }
      } catch (SpecException | ActionFailedException e) {
        String why = String.valueOf(e.getMessage());
        rows.output(new MetricRow(run.getRun(), Failures.of(run, 0, null, why)));
      }
    }

    private void take(
        RunRecord run,
        SolutionRecord found,
        OutputReceiver<MetricRow> rows,
        OutputReceiver<MergedRecord> solutions) {
      TicketRecord ticket = ticket(run, found);
      MergedRecord solution =
          MergedRecord.newBuilder()
              .setRun(run)
              .setTicket(ticket)
              .setWeights(found.getWeights())
              .setParticles(List.of())
              .build();
      Tickets.writeSolution(place.blobs(), solution);
      Done<EvaluationResult> evaluated =
          EvaluationAction.perform(place, Specs.of(run), List.of(found.getWeights()));
      Rows table = new Rows(run, ticket);
      table.merged(evaluated.result()).forEach(rows::output);
      rows.output(table.costs().evaluation(null, evaluated));
      solutions.output(solution);
    }

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
          weights);
    }
  }
}
