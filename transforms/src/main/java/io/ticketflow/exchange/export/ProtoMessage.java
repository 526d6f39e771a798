package io.ticketflow.exchange.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small message of protocol buffers, field by field: its numbers are its document's. */
final class ProtoMessage {
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ProtoMessage text(int field, String value) {
    return part(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoMessage texts(int field, List<String> values) {
    values.forEach(value -> text(field, value));
    return this;
  }

  ProtoMessage whole(int field, long value) {
    return write(out -> out.writeInt64(field, value));
  }

  ProtoMessage wholes(int field, List<Long> values) {
    values.forEach(value -> whole(field, value));
    return this;
  }

  ProtoMessage real(int field, float value) {
    return write(out -> out.writeFloat(field, value));
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return part(field, value.bytes.toByteArray());
  }

  /** Announces bytes of that number, which are to follow this message. */
  ProtoMessage announce(int field, long count) {
    return write(
        out -> {
          out.writeTag(field, LENGTH_DELIMITED);
          out.writeUInt64NoTag(count);
        });
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private ProtoMessage part(int field, byte[] value) {
    return write(out -> out.writeByteArray(field, value));
  }

  private ProtoMessage write(Field field) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      field.write(out);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
  }

  private interface Field {
    void write(CodedOutputStream out) throws IOException;
  }
}
