package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * What all files of a type begin with. It is made once a process: Avro's own reader and writer of
 * containers parse the schema anew for each file, which takes most of the time of a small one.
 */
final class FileForm {
  private static final ClassValue<FileForm> FORMS =
      new ClassValue<>() {
        @Override
        protected FileForm computeValue(Class<?> type) {
          return new FileForm(SpecificData.get().getSchema(type));
        }
      };

  private final Schema schema;
  private final byte[] text;
  private final byte[] marker;

  private FileForm(Schema known) {
    String canonical = SchemaNormalization.toParsingForm(known);
    this.schema = new Schema.Parser().parse(canonical);
    this.text = schema.toString().getBytes(StandardCharsets.UTF_8);
    this.marker = Arrays.copyOf(Sha256.of(canonical), DataFileConstants.SYNC_SIZE);
  }

  static FileForm of(Class<? extends SpecificRecord> type) {
    return FORMS.get(type);
  }

  /** The schema that files carry, in Avro's canonical form. */
  Schema schema() {
    return schema;
  }

  /** The start of the SHA-256 of the canonical form. */
  byte[] marker() {
    return marker.clone();
  }

  /**
   * The one record of a file of exactly this schema, uncompressed. Empty if it has another, as the
   * files of an older program: Avro's own reader resolves that.
   *
   * @throws IOException if the file is no container
   */
  <T extends SpecificRecord> Optional<Filed<T>> read(Class<T> type, byte[] file)
      throws IOException {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(file, null);
    byte[] magic = new byte[DataFileConstants.MAGIC.length];
    in.readFixed(magic);
    Map<String, byte[]> header = header(in);
    boolean plain =
        Arrays.equals(magic, DataFileConstants.MAGIC)
            && Arrays.equals(text, header.get(DataFileConstants.SCHEMA))
            && !header.containsKey(DataFileConstants.CODEC);
    if (!plain) {
      return Optional.empty();
    }
    in.skipFixed(DataFileConstants.SYNC_SIZE);
    if (in.readLong() != 1) {
      return Optional.empty();
    }
    in.readLong(); // the block's bytes
    SpecificData model = SpecificData.getForClass(type);
    T record = new SpecificDatumReader<T>(schema, model.getSchema(type), model).read(null, in);
    Map<String, String> beside = new HashMap<>();
    header.forEach((key, value) -> beside.put(key, new String(value, StandardCharsets.UTF_8)));
    return Optional.of(Filed.of(record, beside));
  }

  private static Map<String, byte[]> header(BinaryDecoder in) throws IOException {
    Map<String, byte[]> header = new HashMap<>();
    for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
      for (long i = 0; i < left; i++) {
        String key = in.readString();
        header.put(key, in.readBytes(null).array());
      }
    }
    return header;
  }
}
