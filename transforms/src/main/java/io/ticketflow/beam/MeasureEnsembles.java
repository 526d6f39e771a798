package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.RunSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * The measures of ensembles of runs, their probabilities averaged. Comes out: rows of the
 * ensembles, which stand among the runs under their own names; their members are measured as runs.
 * Runs of no ensemble are passed over; a cycle of which a member is missing is a failure, not a
 * smaller ensemble.
 */
public final class MeasureEnsembles
    extends PTransform<PCollection<MergedRecord>, PCollection<MetricRow>> {
  private final Workplace place;

  private MeasureEnsembles(Workplace place) {
    this.place = place;
  }

  public static MeasureEnsembles at(Workplace place) {
    return new MeasureEnsembles(place);
  }

  @Override
  public PCollection<MetricRow> expand(PCollection<MergedRecord> solutions) {
    return solutions
        .apply(
            "OfEnsembles",
            Filter.by(
                solution ->
                    solution.getFailure() == null && solution.getRun().getEnsemble() != null))
        .apply("KeyByEnsemble", WithKeys.of(MeasureEnsembles::key))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(MergedRecord.class)))
        .apply("GatherEnsemble", GroupByKey.create())
        .apply("SpreadOverSlots", Reshuffle.of())
        .apply("Evaluate", ParDo.of(new MeasureFn(place)))
        .setCoder(AvroCoder.specific(MetricRow.class));
  }

  private static String key(MergedRecord solution) {
    return solution.getRun().getEnsemble() + "/" + solution.getTicket().getCycle();
  }

  private static final class MeasureFn extends DoFn<KV<String, Iterable<MergedRecord>>, MetricRow> {
    private final Workplace place;

    MeasureFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<MergedRecord>> gathered, OutputReceiver<MetricRow> rows) {
      List<MergedRecord> members = new ArrayList<>();
      gathered.getValue().forEach(members::add);
      members.sort(Comparator.comparingInt(member -> member.getRun().getMember()));
      MergedRecord first = members.get(0);
      RunRecord ensemble =
          RunRecord.newBuilder(first.getRun()).setRun(first.getRun().getEnsemble()).build();
      RunSpec spec = Specs.of(ensemble);
      int cycle = first.getTicket().getCycle();
      List<Integer> present = members.stream().map(member -> member.getRun().getMember()).toList();
      List<Integer> expected = IntStream.range(0, spec.members()).boxed().toList();
      if (!present.equals(expected)) {
        List<Integer> missing = new ArrayList<>(expected);
        missing.removeAll(present);
        String message =
            String.format(
                Locale.ROOT,
                "the ensemble of %d lacks the solutions of its members %s: there are those of %s",
                spec.members(),
                missing,
                present);
        rows.output(new MetricRow(ensemble.getRun(), Failures.of(ensemble, cycle, null, message)));
        return;
      }
      try {
        measure(ensemble, spec, members, rows);
      } catch (ActionFailedException e) {
        rows.output(
            new MetricRow(ensemble.getRun(), Failures.of(ensemble, cycle, null, e.getMessage())));
      }
    }

    private void measure(
        RunRecord ensemble,
        RunSpec spec,
        List<MergedRecord> members,
        OutputReceiver<MetricRow> rows) {
      Rows table = new Rows(ensemble, members.get(0).getTicket());
      Done<EvaluationResult> together =
          EvaluationAction.perform(
              place, spec, members.stream().map(MergedRecord::getWeights).toList());
      table.scores("ensemble", together.result()).forEach(rows::output);
      rows.output(table.costs().evaluation(null, together));
    }
  }
}
