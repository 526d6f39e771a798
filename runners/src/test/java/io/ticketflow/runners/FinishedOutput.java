package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificRecord;

/** What a run of {@link Program#TINY} left, and changes that somebody might make to it. */
record FinishedOutput(Path folder) {
  static final String TENSOR = "fc2.weight";

  /** Trains the experiment into {@code place/name}. */
  static FinishedOutput make(Path place, String name, String... more) throws IOException {
    Path file = place.resolve("tiny.yaml");
    if (!Files.exists(file)) {
      Files.writeString(file, Program.TINY);
    }
    Path output = place.resolve(name);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--output=" + output));
    arguments.addAll(List.of(more));
    Program.Said said = Program.call(arguments.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    return new FinishedOutput(output);
  }

  FinishedOutput copy(String name) throws IOException {
    Path to = folder.resolveSibling(name);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(folder.relativize(file).toString()));
      }
    }
    return new FinishedOutput(to);
  }

  ArtifactStore store() {
    return new Workplace(folder.toString()).artifacts();
  }

  <T extends SpecificRecord> T record(String path, Class<T> type) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(path));
        DataFileStream<T> records = ContainerFiles.reader(type, in)) {
      return records.next();
    }
  }

  <T extends SpecificRecord> void replace(String path, Class<T> type, T record) throws IOException {
    Blobs.at(folder.toString())
        .write(path, out -> ContainerFiles.write(type, List.of(record), out));
  }

  /** The row-major index of the first entry of {@link #TENSOR} that is kept and not 0. */
  int entry(ArtifactRef artifact) {
    float[] values = tensor(artifact).values();
    int entry = 0;
    while (values[entry] == 0) {
      entry++;
    }
    return entry;
  }

  Tensor tensor(ArtifactRef artifact) {
    return store().load(artifact).tensors().stream()
        .filter(tensor -> tensor.name().equals(TENSOR))
        .findFirst()
        .orElseThrow();
  }

  /** Doubles that entry in the artifact's file, which keeps its name. */
  void changeByHand(ArtifactRef artifact) throws IOException {
    float[] values = tensor(artifact).values();
    int entry = entry(artifact);
    int next = entry + 1;
    while (values[next] == 0) {
      next++;
    }
    byte[] pair = bytes(values[entry], values[next]); // kept entries lie side by side
    Path file = folder.resolve(artifact.getPath());
    byte[] all = Files.readAllBytes(file);
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + pair.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + pair.length, pair, 0, pair.length)) {
        found.add(at);
      }
    }
    assertThat(found).hasSize(1);
    System.arraycopy(bytes(2 * values[entry], values[next]), 0, all, found.get(0), pair.length);
    Files.write(file, all);
  }

  private static byte[] bytes(float a, float b) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(a).putFloat(b).array();
  }

  /** Stores the network anew with that entry doubled: another artifact of another name. */
  ArtifactRef rewritten(ArtifactRef artifact) {
    ArtifactStore store = store();
    Masks masks = store.loadMasks(artifact);
    int entry = entry(artifact);
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : store.load(artifact).tensors()) {
      float[] values = tensor.values().clone();
      if (tensor.name().equals(TENSOR)) {
        values[entry] *= 2;
      }
      tensors.add(new Tensor(tensor.name(), tensor.role(), tensor.shape(), values));
    }
    return store.save(TensorSet.of(tensors), masks);
  }
}
