package io.ticketflow.beam;

import io.ticketflow.method.TakeMeasures;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MeasuredPart;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;

/** Rows of what is measured of solutions and particles once all cycles are there. */
public final class MeasureLandscapes
    extends PTransform<PCollection<MergedRecord>, PCollection<MetricRow>> {
  private static final TupleTag<MeasureTask> TASKS = new TupleTag<>("tasks") {};
  private static final TupleTag<MeasuredPart> PARTS = new TupleTag<>("parts") {};

  private final Workplace place;

  private MeasureLandscapes(Workplace place) {
    this.place = place;
  }

  /** Measures in that place. */
  public static MeasureLandscapes at(Workplace place) {
    return new MeasureLandscapes(place);
  }

  @Override
  public PCollection<MetricRow> expand(PCollection<MergedRecord> solutions) {
    Stage<MeasureTask> tasks =
        Stage.of(
            solutions
                .apply("KeyByMeasure", ParDo.of(new ByMeasure()))
                .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(MergedRecord.class)))
                .apply("GatherMeasure", GroupByKey.create())
                .apply(
                    "FanOut",
                    StepFn.of(
                        place,
                        (by, gathered, out) ->
                            TakeMeasures.fanOut(by, gathered.getKey(), gathered.getValue(), out),
                        TASKS)),
            TASKS,
            MeasureTask.class);
    Stage<MeasuredPart> parts =
        Stage.of(
            tasks
                .elements()
                .apply("KeyByAction", WithKeys.of(MeasureTask::getAction))
                .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(MeasureTask.class)))
                .apply("Share", new GroupByAction<>())
                .apply("Take", StepFn.of(place, StepFn.each(TakeMeasures::take), PARTS)),
            PARTS,
            MeasuredPart.class);
    PCollection<MetricRow> together =
        parts
            .elements()
            .apply("KeyByWhole", WithKeys.of(TakeMeasures::whole))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(MeasuredPart.class)))
            .apply("GatherParts", GroupByKey.create())
            .apply("Tell", new RowsOf<>(place, StepFn.all(TakeMeasures::tell)));
    return PCollectionList.of(tasks.rows())
        .and(parts.rows())
        .and(together)
        .apply("Rows", Flatten.pCollections());
  }

  private static final class ByMeasure extends DoFn<MergedRecord, KV<String, MergedRecord>> {
    @ProcessElement
    public void process(
        @Element MergedRecord solution, OutputReceiver<KV<String, MergedRecord>> out) {
      TakeMeasures.keys(solution).forEach(key -> out.output(KV.of(key, solution)));
    }
  }
}
