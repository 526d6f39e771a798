package io.ticketflow.beam;

import io.ticketflow.method.DecideRound;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Tells cycles that take another round of particles from those that are decided. */
final class DecideRounds extends PTransform<PCollection<MergedRecord>, DecideRounds.Decided> {
  private static final TupleTag<RunTicket> MORE = new TupleTag<>("more") {};
  private static final TupleTag<MergedRecord> NETWORKS = new TupleTag<>("decided") {};

  private final Workplace place;

  private DecideRounds(Workplace place) {
    this.place = place;
  }

  static DecideRounds at(Workplace place) {
    return new DecideRounds(place);
  }

  /**
   * What comes of a round.
   *
   * @param more tickets that take another one
   * @param networks of the cycles that do not
   */
  record Decided(
      PCollection<RunTicket> more, PCollection<MergedRecord> networks, PCollection<MetricRow> rows)
      implements POutput {
    @Override
    public Pipeline getPipeline() {
      return more.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(MORE, more, NETWORKS, networks, Stage.ROWS, rows);
    }

    @Override
    public void finishSpecifyingOutput(String name, PInput input, PTransform<?, ?> transform) {
      // all three were finished by the ParDo that made them
    }
  }

  @Override
  public Decided expand(PCollection<MergedRecord> means) {
    PCollectionTuple outputs =
        means.apply(
            ParDo.of(new DecideFn(place))
                .withOutputTags(MORE, TupleTagList.of(NETWORKS).and(Stage.ROWS)));
    return new Decided(
        outputs.get(MORE).setCoder(RecordCoder.of(RunTicket.class)),
        outputs.get(NETWORKS).setCoder(RecordCoder.of(MergedRecord.class)),
        outputs.get(Stage.ROWS).setCoder(RecordCoder.of(MetricRow.class)));
  }

  private static final class DecideFn extends DoFn<MergedRecord, RunTicket> {
    private final Workplace place;

    DecideFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element MergedRecord merged, MultiOutputReceiver out) {
      DecideRound.Decision decision =
          DecideRound.of(new Worker(place), merged, out.get(Stage.ROWS)::output);
      decision.more().ifPresent(out.get(MORE)::output);
      decision.decided().ifPresent(out.get(NETWORKS)::output);
    }
  }
}
