package io.ticketflow.beam;

import io.ticketflow.store.Leftover;
import io.ticketflow.work.Workplace;
import java.io.IOException;
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

  private SweepLeftovers(Workplace place) {
    this.place = place;
  }

  /** Sweeps that place. */
  public static SweepLeftovers at(Workplace place) {
    return new SweepLeftovers(place);
  }

  @Override
  public PDone expand(PCollection<String> written) {
    written
        .apply("Together", WithKeys.of((Void) null))
        .setCoder(KvCoder.of(VoidCoder.of(), StringUtf8Coder.of()))
        .apply("AwaitTables", GroupByKey.create())
        .apply("Sweep", ParDo.of(new SweepFn(place)));
    return PDone.in(written.getPipeline());
  }

  private static final class SweepFn extends DoFn<KV<Void, Iterable<String>>, Void> {
    private final Workplace place;

    SweepFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process() throws IOException {
      Leftover.sweepWorkers(place.blobs());
    }
  }
}
