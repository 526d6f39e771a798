package io.ticketflow.beam;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Beam's coder of an Avro record, which travels as the name of the record's class. {@link
 * AvroCoder} takes the schema's text along, and a graph of 20 cycles has thousands of coders, each
 * of which runners write several times. Bytes of records are the same.
 */
public final class RecordCoder<T extends SpecificRecord> extends CustomCoder<T> {
  private static final long serialVersionUID = 1;

  private static final Map<Class<?>, AvroCoder<?>> CODERS = new ConcurrentHashMap<>();

  private final Class<T> type;

  private RecordCoder(Class<T> type) {
    this.type = type;
  }

  /** The coder of a record class. */
  public static <T extends SpecificRecord> RecordCoder<T> of(Class<T> type) {
    return new RecordCoder<>(type);
  }

  /** One a class and process, as threads may share it. */
  @SuppressWarnings("unchecked") // the coder of a class is of its records
  private AvroCoder<T> avro() {
    return (AvroCoder<T>) CODERS.computeIfAbsent(type, any -> AvroCoder.specific(type));
  }

  @Override
  public void encode(T record, OutputStream out) throws IOException {
    avro().encode(record, out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return avro().decode(in);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    avro().verifyDeterministic();
  }

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordCoder<?> that && that.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }
}
