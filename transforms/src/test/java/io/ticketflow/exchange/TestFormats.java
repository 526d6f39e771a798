package io.ticketflow.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writers by the ending of a file's name. */
final class TestFormats {
  private TestFormats() {}

  static TensorWriter writer(Path path, List<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    return path.toString().endsWith(".npz")
        ? new NpzWriter(path, tensors, metadata)
        : new SafetensorsWriter(path, tensors, metadata);
  }
}
