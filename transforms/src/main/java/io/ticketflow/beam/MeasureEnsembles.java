package io.ticketflow.beam;

import io.ticketflow.method.MeasureEnsemble;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;

/** Rows of the ensembles of runs. Runs of no ensemble are passed over. */
public final class MeasureEnsembles
    extends PTransform<PCollection<MergedRecord>, PCollection<MetricRow>> {
  private final Workplace place;

  private MeasureEnsembles(Workplace place) {
    this.place = place;
  }

  /** Measures in that place. */
  public static MeasureEnsembles at(Workplace place) {
    return new MeasureEnsembles(place);
  }

  @Override
  public PCollection<MetricRow> expand(PCollection<MergedRecord> solutions) {
    return solutions
        .apply("OfEnsembles", Filter.by(MeasureEnsemble::isWanted))
        .apply("KeyByEnsemble", WithKeys.of(MeasureEnsemble::key))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(MergedRecord.class)))
        .apply("GatherEnsemble", GroupByKey.create())
        .apply("SpreadOverSlots", Reshuffle.of())
        .apply("Evaluate", new RowsOf<>(place, StepFn.all(MeasureEnsemble::take)));
  }
}
