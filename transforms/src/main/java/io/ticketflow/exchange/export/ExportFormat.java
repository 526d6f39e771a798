package io.ticketflow.exchange.export;

import io.ticketflow.exchange.NpzWriter;
import io.ticketflow.exchange.SafetensorsWriter;
import io.ticketflow.exchange.TensorEntry;
import io.ticketflow.exchange.TensorWriter;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Files that a network can be written as. Equal networks give equal bytes. */
public enum ExportFormat {
  SAFETENSORS(false) {
    @Override
    public void write(ExportedNetwork exported, boolean sparse, Path file) throws IOException {
      tensors(
          exported, sparse, entries -> new SafetensorsWriter(file, entries, exported.metadata()));
    }
  },
  NPZ(false) {
    @Override
    public void write(ExportedNetwork exported, boolean sparse, Path file) throws IOException {
      tensors(exported, sparse, entries -> new NpzWriter(file, entries, exported.metadata()));
    }
  },
  TORCHSCRIPT(true) {
    @Override
    public void write(ExportedNetwork exported, boolean sparse, Path file) throws IOException {
      new TorchScriptFile(exported).write(file);
    }
  },
  ONNX(true) {
    @Override
    public void write(ExportedNetwork exported, boolean sparse, Path file) throws IOException {
      new OnnxFile(exported).write(file);
    }
  };

  private final boolean needsGraph;

  ExportFormat(boolean needsGraph) {
    this.needsGraph = needsGraph;
  }

  /**
   * The format of that name.
   *
   * @throws UserException if there is none
   */
  public static ExportFormat parse(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.of(
                    "--format must be safetensors, npz, torchscript or onnx, got %s", label));
  }

  private interface Opened {
    TensorWriter of(List<TensorEntry> entries) throws IOException;
  }

  private static void tensors(ExportedNetwork exported, boolean sparse, Opened file)
      throws IOException {
    try (TensorWriter out = file.of(StateDict.entries(exported.network(), sparse))) {
      StateDict.write(exported.network(), sparse, out);
    }
  }

  /** Whether it holds the network's operations beside its tensors; it then has no sparse form. */
  public boolean needsGraph() {
    return needsGraph;
  }

  /** The name that users write. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a file, in place of any that was there.
   *
   * @param sparse values and indices of what is kept, in place of zeros and masks
   */
  public abstract void write(ExportedNetwork exported, boolean sparse, Path file)
      throws IOException;
}
