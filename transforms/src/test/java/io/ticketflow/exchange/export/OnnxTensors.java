package io.ticketflow.exchange.export;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers in an ONNX file, by the field numbers of onnx.proto. */
final class OnnxTensors {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;

  private OnnxTensors() {}

  static Map<String, float[]> read(Path file) throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    try (InputStream stream = Files.newInputStream(file)) {
      CodedInputStream in = CodedInputStream.newInstance(stream);
      in.setSizeLimit(Integer.MAX_VALUE);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag >>> 3 == GRAPH) {
          int end = in.pushLimit(in.readRawVarint32());
          graph(in, tensors);
          in.popLimit(end);
        } else {
          in.skipField(tag);
        }
      }
    }
    return tensors;
  }

  private static void graph(CodedInputStream in, Map<String, float[]> tensors) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag >>> 3 == INITIALIZER) {
        int end = in.pushLimit(in.readRawVarint32());
        tensor(in, tensors);
        in.popLimit(end);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void tensor(CodedInputStream in, Map<String, float[]> tensors) throws IOException {
    String name = "";
    float[] values = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag >>> 3) {
        case NAME -> name = in.readString();
        case RAW_DATA -> {
          ByteBuffer raw = ByteBuffer.wrap(in.readByteArray()).order(ByteOrder.LITTLE_ENDIAN);
          values = new float[raw.remaining() / Float.BYTES];
          raw.asFloatBuffer().get(values);
        }
        default -> in.skipField(tag);
      }
    }
    tensors.put(name, values);
  }
}
