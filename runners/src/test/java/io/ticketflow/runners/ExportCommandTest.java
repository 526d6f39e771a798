package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.exchange.TensorFile;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Exports of a real run, against what its artifacts hold, and what cannot be exported. */
class ExportCommandTest extends CommandFixture {
  private static final String RUN = "lottery-pools-seed1";

  @Test
  void whatARunHasOnFileIsExportedAndWhatItHasNotIsNamed() throws IOException {
    assertThat(run("methods=[lottery-pools]")).as(err).isZero();
    ArtifactStore store = new ArtifactStore(Blobs.at(output.toString()));
    SolutionRecord solution = record("solutions", "cycle-01", SolutionRecord.class);
    TicketRecord ticket = record("tickets", "cycle-01", TicketRecord.class);
    PoolRecord pool = record("pools", "lottery-cycle-00", PoolRecord.class);
    assertHolds("solution", 1, store, solution.getWeights(), solution.getWeights());
    assertHolds("particle:0", 1, store, solution.getParticles().get(0), solution.getWeights());
    assertHolds("ticket", 1, store, ticket.getWeights(), ticket.getMask());
    assertHolds("pool:lottery", 0, store, pool.getWeights(), pool.getWeights());

    for (String form : List.of("onnx", "torchscript", "npz", "npz --sparse", "onnx --compact")) {
      Path to = temp.resolve(form.replace(' ', '.'));
      assertThat(export(to, ("--format " + form + " --pixels").split(" "))).as(err).isZero();
      byte[] bytes = Files.readAllBytes(to);
      Files.delete(to);
      assertThat(export(to, ("--format " + form + " --pixels").split(" "))).isZero();
      assertThat(Files.readAllBytes(to)).as(form).isEqualTo(bytes);
    }
    assertThat(out).contains("solution of cycle 1 of " + RUN + ": 133,100 of 266,200 weights kept");

    String refused = "--format safetensors";
    assertRefused(refused + " --run none", "has no run none (there are " + RUN);
    assertRefused(refused + " --cycle 7", "no network of cycle 7; there are cycles 0, 1");
    assertRefused(refused + " --what ticket --cycle 7", "no ticket of cycle 7; there are cycles 0");
    assertRefused(refused + " --what particle:3", "has no particle 3; it has 1, from 0 on");
    assertRefused(refused + " --what pool:swa", "has no pool swa; there are lottery");
    assertRefused(refused + " --what all", "--what must be solution, ticket, particle:P");
    assertRefused("--format onnx --sparse", "--sparse is for safetensors and npz, not for onnx");
    assertRefused("--format gguf", "--format", "gguf");
    assertThat(export(temp.resolve("no/x"), "--format", "npz")).isEqualTo(2);
    assertThat(sentence()).contains("--to must name a file in a folder that exists");
    assertThat(export(file, "--format", "npz")).isEqualTo(2);
    assertThat(sentence()).contains("--to must name a new file; " + file + " is there already");
    assertThat(Files.readString(file)).isEqualTo(Program.TINY);
    assertThat(call("export", temp + "/none", "--format", "npz", "--to", temp + "/x")).isEqualTo(2);
    assertThat(sentence()).contains("There is no output of Ticketflow in");
  }

  private void assertRefused(String options, String... says) {
    Path to = temp.resolve("refused");
    assertThat(export(to, options.split(" "))).as(options).isEqualTo(2);
    assertThat(sentence()).contains(says);
    assertThat(to).doesNotExist();
  }

  private int export(Path to, String... options) {
    String[] all = new String[options.length + 4];
    List<String> start = List.of("export", output.toString(), "--to", to.toString());
    System.arraycopy(start.toArray(), 0, all, 0, 4);
    System.arraycopy(options, 0, all, 4, options.length);
    return call(all);
  }

  /** Compares an export with artifacts: weights under masks, which may lie in one. */
  private void assertHolds(
      String what, int cycle, ArtifactStore store, ArtifactRef weights, ArtifactRef masks)
      throws IOException {
    Path to = temp.resolve(what.replace(':', '.') + ".safetensors");
    String[] options = {
      "--format", "safetensors", "--what", what, "--cycle", String.valueOf(cycle)
    };
    assertThat(export(to, options)).as(err).isZero();
    Masks expected = store.loadMasks(masks);
    TensorSet network = expected.applyTo(store.load(weights));
    try (TensorFile file = TensorFile.open(to)) {
      assertThat(file.metadata())
          .containsEntry("run", RUN)
          .containsEntry("cycle", String.valueOf(cycle))
          .containsEntry("what", what)
          .containsEntry("model", "lenet-300-100")
          .containsEntry("sha256.weights", weights.getSha256())
          .containsKeys("version.djl", "version.ticketflow");
      assertThat(file.tensors()).hasSize(network.tensors().size() + expected.tensors().size());
      for (Tensor tensor : network.tensors()) {
        var entry = file.find(tensor.name()).orElseThrow();
        assertThat(entry.shape()).isEqualTo(tensor.shape());
        assertThat(file.values(entry)).as(tensor.name()).isEqualTo(tensor.values());
        Mask mask = expected.get(tensor.name());
        if (mask != null) {
          assertThat(file.mask(file.find(tensor.name() + ".mask").orElseThrow())).isEqualTo(mask);
        }
      }
    }
  }

  private <T extends SpecificRecord> T record(String folder, String name, Class<T> type)
      throws IOException {
    Path path = output.resolve(folder).resolve(RUN).resolve(name + ".avro");
    try (DataFileStream<T> records = ContainerFiles.reader(type, Files.newInputStream(path))) {
      return records.next();
    }
  }
}
