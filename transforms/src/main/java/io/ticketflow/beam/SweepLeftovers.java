package io.ticketflow.beam;

import io.ticketflow.action.SweepAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.RunRecord;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Once the tables of all runs are written: what dead workers left behind is removed. */
public final class SweepLeftovers extends PTransform<PCollection<String>, PDone> {
  private final Workplace place;
  private final List<String> runs;

  private SweepLeftovers(Workplace place, List<String> runs) {
    this.place = place;
    this.runs = List.copyOf(runs);
  }

  /** After the tables of those runs. */
  public static SweepLeftovers after(List<RunRecord> runs, Workplace place) {
    return new SweepLeftovers(place, runs.stream().map(RunRecord::getSpec).toList());
  }

  @Override
  public PDone expand(PCollection<String> written) {
    written
        .apply("Together", WithKeys.of((Void) null))
        .setCoder(KvCoder.of(VoidCoder.of(), StringUtf8Coder.of()))
        .apply("AwaitTables", GroupByKey.create())
        .apply("Sweep", ParDo.of(new SweepFn(place, runs)));
    return PDone.in(written.getPipeline());
  }

  private static final class SweepFn extends DoFn<KV<Void, Iterable<String>>, Void> {
    private final Workplace place;
    private final List<String> runs;

    SweepFn(Workplace place, List<String> runs) {
      this.place = place;
      this.runs = runs;
    }

    @ProcessElement
    public void process() {
      SweepAction.perform(place, runs);
    }
  }
}
