package io.ticketflow.exchange;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors: see {@link SafetensorsFile}. */
public final class SafetensorsWriter extends TensorWriter {
  /** Where tensors begin, a multiple of this, they can be mapped into memory as they lie. */
  private static final int ALIGNMENT = 8;

  private static final JsonMapper JSON = new JsonMapper();

  private final OutputStream out;

  /** Writes the header. */
  public SafetensorsWriter(Path file, List<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    super(tensors);
    byte[] header = header(tensors, metadata);
    out = Files.newOutputStream(file);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
  }

  private static byte[] header(List<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode facts = root.putObject(SafetensorsFile.METADATA);
      new TreeMap<>(metadata).forEach(facts::put);
    }
    long at = 0;
    for (TensorEntry tensor : tensors) {
      ObjectNode node = root.putObject(tensor.name()).put("dtype", tensor.dtype().label());
      tensor.shape().forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(at).add(at + tensor.bytes());
      at += tensor.bytes();
    }
    byte[] text = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  @Override
  OutputStream start(TensorEntry tensor) {
    return out;
  }

  @Override
  void end() {}

  @Override
  public void close() throws IOException {
    out.close();
  }
}
