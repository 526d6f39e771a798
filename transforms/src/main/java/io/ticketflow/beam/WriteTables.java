package io.ticketflow.beam;

import io.ticketflow.result.CostRows;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.store.tables.Table;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * The tables of every run; comes out: the runs whose tables are written. Rows are sorted, so the
 * metrics' bytes do not depend on the order of work.
 */
public final class WriteTables extends PTransform<PCollection<MetricRow>, PCollection<String>> {
  private static final RecordCoder<MetricRow> ROWS = RecordCoder.of(MetricRow.class);

  private final Workplace place;

  private WriteTables(Workplace place) {
    this.place = place;
  }

  /** Writes into that place. */
  public static WriteTables at(Workplace place) {
    return new WriteTables(place);
  }

  @Override
  public PCollection<String> expand(PCollection<MetricRow> rows) {
    return rows.apply("KeyByRun", ParDo.of(new KeyFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
        .apply("GatherRun", GroupByKey.create())
        .apply("WriteRun", ParDo.of(new WriteFn(place)));
  }

  /**
   * Rows as bytes. Each time that more rows of a run come, the DirectRunner copies by their coder
   * those that it has gathered, and bytes are copied fastest.
   */
  private static final class KeyFn extends DoFn<MetricRow, KV<String, byte[]>> {
    @ProcessElement
    public void process(@Element MetricRow row, OutputReceiver<KV<String, byte[]>> keyed)
        throws CoderException {
      keyed.output(KV.of(row.getRun(), CoderUtils.encodeToByteArray(ROWS, row)));
    }
  }

  private static final class WriteFn extends DoFn<KV<String, Iterable<byte[]>>, String> {
    private final Workplace place;

    WriteFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<byte[]>> run, OutputReceiver<String> written)
        throws IOException {
      List<SpecificRecord> rows = new ArrayList<>();
      for (byte[] row : run.getValue()) {
        rows.add((SpecificRecord) CoderUtils.decodeFromByteArray(ROWS, row).getRow());
      }
      Table.writeAll(place.blobs(), run.getKey(), CostRows.countedOnce(rows));
      written.output(run.getKey());
    }
  }
}
