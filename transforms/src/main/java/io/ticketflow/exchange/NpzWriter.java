package io.ticketflow.exchange;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.store.NpyHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes npz: see {@link NpzFile}. */
public final class NpzWriter extends TensorWriter {
  private final StoredZip zip;

  /** Writes the metadata: a scalar of text, {@code json.loads(str(z["__metadata__"]))}. */
  public NpzWriter(Path file, List<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    super(tensors);
    zip = new StoredZip(file);
    if (!metadata.isEmpty()) {
      String json = new JsonMapper().writeValueAsString(new TreeMap<>(metadata));
      byte[] text = json.getBytes(Charset.forName("UTF-32LE"));
      byte[] header = NpyHeader.write("<U" + text.length / 4, List.of());
      zip.begin(SafetensorsFile.METADATA + ".npy", header.length + text.length, 1).write(header);
      zip.content().write(text);
      zip.end();
    }
  }

  @Override
  OutputStream start(TensorEntry tensor) throws IOException {
    byte[] header = NpyHeader.write(tensor.dtype().descr(), tensor.shape());
    zip.begin(tensor.name() + ".npy", header.length + tensor.bytes(), 1).write(header);
    return zip.content();
  }

  @Override
  void end() throws IOException {
    zip.end();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
