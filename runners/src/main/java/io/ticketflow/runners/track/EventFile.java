package io.ticketflow.runners.track;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event file: a TFRecord file of {@code tensorflow.Event} messages.
 *
 * <p>A record is its length (8 bytes, little-endian), a checksum of these, the message, a checksum
 * of it. An event has the fields wall_time = 1 (double), step = 2 (int64) and one of file_version =
 * 3 (string) and summary = 5; a summary has values = 1; a value tag = 1 (string) and simple_value =
 * 2 (float). The wall time is left out, that is 0: the same scalars give the same bytes.
 */
final class EventFile {
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  /** The format's checksums are rotated and moved by this, so that data may hold checksums. */
  private static final int MASK = 0xa282ead8;

  private static final int ROTATION = 15;

  private EventFile() {}

  /** Writes a whole file and leaves the stream open. */
  static void write(List<Scalar> scalars, OutputStream out) throws IOException {
    record(out, message(event -> event.writeString(FILE_VERSION, "brain.Event:2")));
    for (Scalar scalar : scalars) {
      byte[] value =
          message(
              fields -> {
                fields.writeString(TAG, scalar.tag());
                fields.writeFloat(SIMPLE_VALUE, (float) scalar.value());
              });
      byte[] summary = message(fields -> fields.writeByteArray(VALUE, value));
      record(
          out,
          message(
              event -> {
                event.writeInt64(STEP, scalar.step());
                event.writeByteArray(SUMMARY, summary);
              }));
    }
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static void record(OutputStream out, byte[] message) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(message.length).array();
    out.write(length);
    out.write(littleEndian(Integer.BYTES).putInt(checksum(length)).array());
    out.write(message);
    out.write(littleEndian(Integer.BYTES).putInt(checksum(message)).array());
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
