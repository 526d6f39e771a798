package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.work.PlannedAction.State;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Particles that become their mean every so many epochs (PAPA-all). */
class SynchronisedTest {
  @TempDir Path folder;

  private Path output() {
    return folder.resolve("output");
  }

  private void run(String methods, String model, String engine, String optimiser) {
    String settings =
        String.format(
            """
            data: {name: glyphs, train: 120, test: 40, validation: 0.2}
            model: {name: %s}
            training:
              epochs: 5
              rewindEpochs: 0
              batchSize: 32
              engine: %s
              optimiser: {name: %s}
              schedule: {name: linear, learningRate: 0.01}
            pruning: {densities: [0.2]}
            """,
            model, engine, optimiser);
    Plan after = Experiments.run(output(), Experiments.records(folder, methods + "\n" + settings));
    assertThat(after.actions()).noneMatch(action -> action.state() == State.TO_RUN);
  }

  @ParameterizedTest
  @CsvSource({"lenet-300-100,torch,sgd", "resnet-20,java,sgd", "lenet-300-100,java,adam"})
  void oneParticleIsPlainTraining(String model, String engine, String optimiser)
      throws IOException {
    run(
        "methods: [magnitude-at-init, {method: papa-all, particles: 1, training: {averageEvery:"
            + " 2}}]",
        model,
        engine,
        optimiser);
    SolutionRecord plain = solution("magnitude-at-init-seed1", 1);
    assertThat(solution("papa-all-seed1", 3).getWeights()).isEqualTo(plain.getWeights());
    assertThat(solution("papa-all-seed1", 2).getWeights()).isNotEqualTo(plain.getWeights());
  }

  @Test
  void allGoOnFromTheirMeanEachWithItsOwnMomentum() throws IOException {
    run(
        "methods: [{method: papa-all, particles: 3, training: {averageEvery: 2}}]",
        "lenet-300-100",
        "java",
        "sgd");
    ArtifactStore artifacts = new Workplace(output().toString()).artifacts();
    assertThat(ticket(1).getMoments()).isEmpty();
    for (int cycle = 2; cycle <= 3; cycle++) {
      TicketRecord ticket = ticket(cycle);
      assertThat(ticket.getMoments()).hasSize(3).doesNotHaveDuplicates();
      assertThat(ticket.getMask()).isEqualTo(ticket(1).getMask());
      SolutionRecord before = solution("papa-all-seed1", cycle - 1);
      assertThat(ticket.getWeights()).isEqualTo(before.getWeights());
      List<TensorSet> particles = before.getParticles().stream().map(artifacts::load).toList();
      for (Tensor mean : artifacts.load(ticket.getWeights()).tensors()) {
        assertMean(mean, particles.stream().map(each -> each.get(mean.name()).values()).toList());
      }
    }
    for (ArtifactRef moments : ticket(3).getMoments()) {
      assertThat(artifacts.load(moments).tensors()).hasSize(1); // momentum
    }
  }

  private static void assertMean(Tensor mean, List<float[]> particles) {
    assertThat(mean.role()).isNotEqualTo(TensorRole.BUFFER); // this network has no statistics
    for (int i = 0; i < mean.values().length; i++) {
      int at = i;
      double expected = particles.stream().mapToDouble(each -> each[at]).average().orElseThrow();
      assertThat((double) mean.values()[i]).isCloseTo(expected, offset(1e-7));
    }
  }

  private TicketRecord ticket(int cycle) throws IOException {
    return read(TicketRecord.class, "tickets/papa-all-seed1/cycle-0" + cycle);
  }

  private SolutionRecord solution(String run, int cycle) throws IOException {
    return read(SolutionRecord.class, "solutions/" + run + "/cycle-0" + cycle);
  }

  private <T extends SpecificRecord> T read(Class<T> type, String name) throws IOException {
    try (InputStream in = Files.newInputStream(output().resolve(name + ".avro"));
        var records = ContainerFiles.reader(type, in)) {
      return records.next();
    }
  }
}
