package io.ticketflow.exchange.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.exchange.Dtype;
import io.ticketflow.exchange.NpzWriter;
import io.ticketflow.exchange.TensorEntry;
import io.ticketflow.exchange.TensorWriter;
import io.ticketflow.spec.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of pruned networks in plain PyTorch, where Python has it, against our engine's logits. */
class ZooInPythonTest {
  @TempDir Path folder;

  @Test
  void smallNetworksComputeTheSameInPyTorch() throws Exception {
    check(ZooModels.SMALL);
  }

  /** Minutes: {@code mvn verify -Pformats}. */
  @Test
  @Tag("proofs")
  void everyNetworkOfTheZooComputesTheSameInPyTorch() throws Exception {
    for (ModelSpec model : ZooModels.all()) {
      check(List.of(model));
      for (Path file : list()) {
        Files.delete(file);
      }
    }
  }

  private void check(List<ModelSpec> models) throws Exception {
    String python = python().orElse("");
    assumeTrue(
        !python.isEmpty(), "no Python with PyTorch and NumPy: the files are not tried in it");
    for (ModelSpec model : models) {
      write(model);
    }
    Path script = folder.resolve("check_zoo.py");
    try (InputStream in = ZooInPythonTest.class.getResourceAsStream("check_zoo.py")) {
      Files.copy(in, script);
    }
    Process process =
        new ProcessBuilder(
                python,
                script.toString(),
                Path.of("../runners/python").toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines()).as(output).hasSize(7 * models.size());
    Files.delete(script);
  }

  private void write(ModelSpec model) throws IOException {
    ZooNetwork zoo = ZooModels.network(model);
    String name = model.name() + "-" + model.stem();
    List<Long> shape = Arrays.stream(zoo.shape()).boxed().toList();
    float[] logits = zoo.logits();
    List<TensorEntry> entries =
        List.of(
            new TensorEntry("images", Dtype.F32, shape),
            new TensorEntry("pixels", Dtype.F32, shape),
            new TensorEntry(
                "logits", Dtype.F32, List.of(shape.get(0), logits.length / shape.get(0))));
    Path expected = folder.resolve(name + ".expected.npz");
    try (TensorWriter out = new NpzWriter(expected, entries, Map.of())) {
      out.append(zoo.images());
      out.append(zoo.pixels());
      out.append(logits);
    }
    for (boolean sparse : new boolean[] {false, true}) {
      String form = name + (sparse ? ".sparse." : ".dense.");
      for (ExportFormat format : List.of(ExportFormat.SAFETENSORS, ExportFormat.NPZ)) {
        format.write(zoo.exported(false), sparse, folder.resolve(form + format.label()));
      }
    }
    ExportFormat script = ExportFormat.TORCHSCRIPT;
    script.write(zoo.exported(false), false, folder.resolve(name + ".pt"));
    script.write(zoo.exported(true), false, folder.resolve(name + ".scaled.pt"));
    Compaction compact = Compaction.of(zoo.graph(), zoo.network());
    script.write(
        new ExportedNetwork(
            NetworkSource.of(compact.network()),
            Optional.of(compact.graph()),
            Optional.empty(),
            Map.of()),
        false,
        folder.resolve(name + ".compact.pt"));
    byte[] facts =
        new JsonMapper()
            .writeValueAsBytes(
                Map.of("model", model.name(), "width", model.width(), "stem", model.stem()));
    Files.write(folder.resolve(name + ".json"), facts);
  }

  private List<Path> list() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Optional<String> python() {
    return Stream.of("python3", "/usr/bin/python3").filter(ZooInPythonTest::hasTorch).findFirst();
  }

  private static boolean hasTorch(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import numpy, torch").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
