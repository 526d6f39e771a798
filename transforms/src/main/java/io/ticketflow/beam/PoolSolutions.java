package io.ticketflow.beam;

import io.ticketflow.method.MakePools;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;

/** Rows of what is made of runs' solutions. Runs without a pool are passed over. */
public final class PoolSolutions
    extends PTransform<PCollection<MergedRecord>, PCollection<MetricRow>> {
  private static final TupleTag<PoolTask> TASKS = new TupleTag<>("tasks") {};

  private final Workplace place;

  private PoolSolutions(Workplace place) {
    this.place = place;
  }

  /** Pools in that place. */
  public static PoolSolutions at(Workplace place) {
    return new PoolSolutions(place);
  }

  @Override
  public PCollection<MetricRow> expand(PCollection<MergedRecord> solutions) {
    Stage<PoolTask> tasks =
        Stage.of(
            solutions
                .apply("WithPool", Filter.by(MakePools::isWanted))
                .apply("KeyByPool", WithKeys.of(MakePools::key))
                .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(MergedRecord.class)))
                .apply("GatherPool", GroupByKey.create())
                .apply("FanOut", StepFn.of(place, StepFn.all(MakePools::fanOut), TASKS)),
            TASKS,
            PoolTask.class);
    PCollection<MetricRow> rows =
        tasks
            .elements()
            .apply("KeyByAction", WithKeys.of(PoolTask::getAction))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(PoolTask.class)))
            .apply("Share", new GroupByAction<>())
            .apply("ImproveAndEvaluate", new RowsOf<>(place, StepFn.each(MakePools::improve)));
    return PCollectionList.of(tasks.rows()).and(rows).apply("Rows", Flatten.pCollections());
  }
}
