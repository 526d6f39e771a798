package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.avro.file.DataFileStream;
import org.junit.jupiter.api.Test;

/** A network that was pruned elsewhere is trained on and pruned on from its own masks. */
class ImportedWeightsTest extends CommandFixture {
  @Test
  void aTicketOfAnotherOutputGoesOnWhereItWas() throws IOException {
    assertThat(run()).as(err).isZero();
    Path ticket = temp.resolve("ticket.safetensors");
    String[] export = {"--what=ticket", "--cycle=1", "--format=safetensors", "--to=" + ticket};
    assertThat(call(with(export, "export", output.toString()))).as(err).isZero();
    TicketRecord there = ticket("cycle-01");
    ArtifactStore from = new ArtifactStore(Blobs.at(output.toString()));

    output = temp.resolve("on");
    String[] keys = {"model.weights=" + ticket, "model.masks=true", "seeds=[7]"};
    assertThat(run(keys)).as(err).isZero();
    ArtifactStore here = new ArtifactStore(Blobs.at(output.toString()));
    TicketRecord first = ticket("cycle-00");
    // lenet-300-100 has 266,200 weights, of which 133,100 were kept, and 66,550 are in the next
    assertThat(first.getKept()).isEqualTo(133_100);
    assertThat(ticket("cycle-01").getKept()).isEqualTo(66_550);
    assertThat(here.loadMasks(first.getMask())).isEqualTo(from.loadMasks(there.getMask()));
    // under its mask: what a ticket has where its mask prunes nobody reads, and no export holds
    assertThat(here.load(first.getWeights()).tensors())
        .usingRecursiveComparison()
        .isEqualTo(
            from.loadMasks(there.getMask()).applyTo(from.load(there.getWeights())).tensors());
    assertThat(call(with(keys, "plan", file.toString(), "--output=" + output))).as(err).isZero();
    assertThat(out).contains("nothing to train");

    Files.write(ticket, new byte[] {1}, StandardOpenOption.APPEND);
    assertThat(run(keys)).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("ticket.safetensors");
    output = temp.resolve("refused");
    assertThat(run("model.masks=true")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("model.masks needs model.weights");
    assertThat(run("model.weights=" + temp.resolve("no"))).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("no cannot be read: there is no such file");
    assertThat(run("model.weights=" + ticket, "model.masks=true", "methods=[snip]"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("model.masks must be false for methods that make their first");
    assertThat(output).doesNotExist();
  }

  private static String[] with(String[] last, String... first) {
    String[] all = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }

  private TicketRecord ticket(String cycle) throws IOException {
    try (var folders = Files.list(output.resolve("tickets"))) {
      Path file = folders.findFirst().orElseThrow().resolve(cycle + ".avro");
      try (DataFileStream<TicketRecord> records =
          ContainerFiles.reader(TicketRecord.class, Files.newInputStream(file))) {
        return records.next();
      }
    }
  }
}
