package io.ticketflow.store.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes rows as one Parquet file. */
public final class TableWriter {
  private TableWriter() {}

  /**
   * The rows as a Parquet file: the same rows give the same bytes, in whatever order they come.
   *
   * <p>Columns have the names of the record's fields; strings are UTF-8, ints and longs are signed,
   * a nullable field is an optional column. The file's metadata tell each column's meaning (the
   * Avro schema, {@code parquet.avro.schema}) and unit ({@code ticketflow.units}). Pages are
   * compressed with Zstandard, whose output, unlike Snappy's, is the same on every platform. No
   * rows make a table of no rows.
   *
   * @param rows held in memory while the table is written
   * @param out receives the file; stays open
   */
  public static <T extends SpecificRecord> void write(
      Table<T> table, Collection<? extends T> rows, OutputStream out) throws IOException {
    List<T> sorted = new ArrayList<>(rows);
    sorted.sort(table.order());
    try (ParquetWriter<T> writer =
        AvroParquetWriter.<T>builder(new StreamOutputFile(out))
            .withSchema(TableFormat.schema(table.type()))
            .withDataModel(TableFormat.model(table.type()))
            .withExtraMetaData(TableFormat.metadata(table.type()))
            .withConf(new PlainParquetConfiguration())
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withCodecFactory(TableFormat.codecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (T row : sorted) {
        writer.write(row);
      }
    }
  }
}
