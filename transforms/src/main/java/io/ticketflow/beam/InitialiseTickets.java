package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.CycleMasks;
import io.ticketflow.action.Done;
import io.ticketflow.action.MatchingTicketAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.RunSpec;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The first ticket of every run: the matching ticket's weights under a mask, which is full unless
 * the method prunes at initialisation.
 */
public final class InitialiseTickets extends PTransform<PCollection<RunRecord>, Stage<RunTicket>> {
  private static final TupleTag<RunTicket> TICKETS = new TupleTag<>("tickets") {};

  private final Workplace place;

  private InitialiseTickets(Workplace place) {
    this.place = place;
  }

  public static InitialiseTickets at(Workplace place) {
    return new InitialiseTickets(place);
  }

  @Override
  public Stage<RunTicket> expand(PCollection<RunRecord> runs) {
    Workplace at = place; // not this: the lambda travels
    return Stage.of(
        runs.apply("KeyByAction", WithKeys.of(run -> MatchingTicketAction.key(at, Specs.of(run))))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(RunRecord.class)))
            .apply("Share", new GroupByAction<>())
            .apply(
                "TrainMatchingTicket",
                ParDo.of(new InitialiseFn(place)).withOutputTags(TICKETS, Stage.WITH_ROWS)),
        TICKETS,
        RunTicket.class);
  }

  private static final class InitialiseFn extends DoFn<KV<String, Iterable<RunRecord>>, RunTicket> {
    private final Workplace place;

    InitialiseFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<RunRecord>> request, MultiOutputReceiver out) {
      for (RunRecord run : request.getValue()) {
        RunSpec spec = Specs.of(run);
        Done<TrainingResult> trained =
            ProgressListener.watch(
                place,
                new TrainingProgress.Subject(
                    request.getKey(),
                    run.getRun(),
                    0,
                    MatchingTicketAction.PARTICLE,
                    0,
                    spec.training().rewindEpochs()),
                listener -> MatchingTicketAction.perform(place, spec, listener));
        OutputReceiver<MetricRow> rows = out.get(Stage.ROWS);
        if (trained.result().getFailure() != null) {
          rows.output(failed(run, trained.result().getFailure()));
          continue;
        }
        try {
          ArtifactRef weights = trained.result().getWeights();
          Done<ArtifactResult> mask = new CycleMasks(place, spec).first(weights);
          Rows table = new Rows(run, Tickets.dense(run, weights));
          table.curve(MatchingTicketAction.PARTICLE, trained.result()).forEach(rows::output);
          rows.output(table.costs().training(MatchingTicketAction.PARTICLE, trained));
          new TicketIssue(place, out.get(TICKETS)::output, rows::output)
              .issue(run, spec.firstCycle(), mask, weights);
        } catch (ActionFailedException e) {
          rows.output(failed(run, e.getMessage()));
        }
      }
    }

    private static MetricRow failed(RunRecord run, String why) {
      return new MetricRow(run.getRun(), Failures.of(run, 0, null, "matching ticket: " + why));
    }
  }
}
