package io.ticketflow.beam;

import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.tables.TableWriter;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * The tables of every run: metrics/{cycles,epochs,layers,searches,budgets,failures}/RUN.parquet and
 * costs/RUN.parquet; comes out: the runs whose tables are written. Rows are sorted, so the metrics'
 * bytes do not depend on the order of work.
 */
public final class WriteTables extends PTransform<PCollection<MetricRow>, PCollection<String>> {
  private final Workplace place;

  private WriteTables(Workplace place) {
    this.place = place;
  }

  public static WriteTables at(Workplace place) {
    return new WriteTables(place);
  }

  @Override
  public PCollection<String> expand(PCollection<MetricRow> rows) {
    return rows.apply("KeyByRun", WithKeys.of(MetricRow::getRun))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(MetricRow.class)))
        .apply("GatherRun", GroupByKey.create())
        .apply("WriteRun", ParDo.of(new WriteFn(place)));
  }

  private static final class WriteFn extends DoFn<KV<String, Iterable<MetricRow>>, String> {
    private final Workplace place;

    WriteFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<MetricRow>> run, OutputReceiver<String> written)
        throws IOException {
      Map<Class<?>, List<SpecificRecord>> byType = new LinkedHashMap<>();
      for (MetricRow row : run.getValue()) {
        SpecificRecord record = (SpecificRecord) row.getRow();
        byType.computeIfAbsent(record.getClass(), type -> new ArrayList<>()).add(record);
      }
      write("metrics/cycles", run.getKey(), CycleRow.class, byType);
      write("metrics/epochs", run.getKey(), EpochRow.class, byType);
      write("metrics/layers", run.getKey(), LayerRow.class, byType);
      write("metrics/failures", run.getKey(), FailureRecord.class, byType);
      write("metrics/searches", run.getKey(), SearchRow.class, byType);
      write("metrics/budgets", run.getKey(), BudgetRow.class, byType);
      write("costs", run.getKey(), CostRow.class, byType);
      written.output(run.getKey());
    }

    private <T extends SpecificRecord> void write(
        String folder, String run, Class<T> type, Map<Class<?>, List<SpecificRecord>> byType)
        throws IOException {
      BlobStore blobs = place.blobs();
      String path = folder + "/" + run + ".parquet";
      List<T> rows = byType.getOrDefault(type, List.of()).stream().map(type::cast).toList();
      if (rows.isEmpty()) {
        blobs.delete(path);
      } else {
        blobs.write(path, out -> TableWriter.write(type, rows, out));
      }
    }
  }
}
