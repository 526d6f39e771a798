package io.ticketflow.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laws of pruning and averaging, read off the files of a finished SWAMP run. */
class TicketLawsTest {
  @TempDir static Path output;
  private static ArtifactStore artifacts;

  @BeforeAll
  static void run() {
    Sweeps.run(output, 2, Sweeps.record("swamp", Sweeps.swamp(3)));
    artifacts = new Workplace(output.toString()).artifacts();
  }

  @Test
  void keepsExactlyTheRoundedCountInEveryCycle() throws IOException {
    // LeNet-300-100 has 784·300 + 300·100 + 100·10 = 266,200 weights; 0.8 and 0.64 of them
    assertThat(ticket(0).getKept()).isEqualTo(266_200);
    assertThat(ticket(1).getKept()).isEqualTo(212_960);
    assertThat(ticket(2).getKept()).isEqualTo(170_368);
    for (int cycle = 0; cycle <= 2; cycle++) {
      long bits = artifacts.loadMasks(ticket(cycle).getMask()).kept();
      assertThat(bits).isEqualTo(ticket(cycle).getKept());
    }
  }

  @Test
  void masksOnlyShrink() throws IOException {
    for (int cycle = 1; cycle <= 2; cycle++) {
      Masks before = artifacts.loadMasks(ticket(cycle - 1).getMask());
      Masks after = artifacts.loadMasks(ticket(cycle).getMask());
      assertThat(after.tensors()).isEqualTo(before.tensors());
      after
          .byName()
          .forEach((tensor, mask) -> assertThat(mask.isSubsetOf(mask(before, tensor))).isTrue());
    }
  }

  @Test
  void rewoundTicketsStartFromTheMatchingTicket() throws IOException {
    assertThat(ticket(1).getWeights()).isEqualTo(ticket(0).getWeights());
    assertThat(ticket(2).getWeights()).isEqualTo(ticket(0).getWeights());
    // the matching ticket is w0 after one epoch, and not what a cycle made of it
    TensorSet matching = artifacts.load(ticket(2).getWeights());
    TensorSet trained = artifacts.load(solution(0).getWeights());
    assertThat(matching.get("fc1.weight").values())
        .isNotEqualTo(trained.get("fc1.weight").values());
  }

  @Test
  void solutionIsTheMeanOfItsParticlesRoundedOnce() throws IOException {
    for (int cycle = 0; cycle <= 2; cycle++) {
      SolutionRecord solution = solution(cycle);
      List<TensorSet> particles = solution.getParticles().stream().map(artifacts::load).toList();
      assertThat(particles).hasSize(3);
      for (Tensor tensor : artifacts.load(solution.getWeights()).tensors()) {
        for (int i = 0; i < tensor.values().length; i++) {
          double sum = 0;
          for (TensorSet particle : particles) {
            sum += particle.get(tensor.name()).values()[i];
          }
          assertThat(tensor.values()[i]).isEqualTo((float) (sum / 3));
        }
      }
    }
  }

  @Test
  void solutionHasTheDensityOfItsParticles() throws IOException {
    for (int cycle = 0; cycle <= 2; cycle++) {
      assertThat(artifacts.loadMasks(solution(cycle).getWeights()))
          .isEqualTo(artifacts.loadMasks(ticket(cycle).getMask()));
    }
  }

  @Test
  void everyPrunedMagnitudeIsAtMostEveryKeptOne() throws IOException {
    for (int cycle = 0; cycle < 2; cycle++) {
      Masks before = artifacts.loadMasks(ticket(cycle).getMask());
      Masks after = artifacts.loadMasks(ticket(cycle + 1).getMask());
      float largestPruned = 0;
      float smallestKept = Float.POSITIVE_INFINITY;
      for (Tensor tensor : artifacts.load(solution(cycle).getWeights()).tensors()) {
        if (tensor.role() != TensorRole.PRUNABLE) {
          continue;
        }
        for (int i = 0; i < tensor.values().length; i++) {
          float magnitude = Math.abs(tensor.values()[i]);
          if (mask(after, tensor.name()).keeps(i)) {
            smallestKept = Math.min(smallestKept, magnitude);
          } else if (mask(before, tensor.name()).keeps(i)) {
            largestPruned = Math.max(largestPruned, magnitude);
          } else {
            assertThat(magnitude).isZero();
          }
        }
      }
      assertThat(largestPruned).isPositive().isLessThanOrEqualTo(smallestKept);
    }
  }

  private static Mask mask(Masks masks, String tensor) {
    return requireNonNull(masks.get(tensor), tensor);
  }

  private static TicketRecord ticket(int cycle) throws IOException {
    return read("tickets", cycle, TicketRecord.class);
  }

  private static SolutionRecord solution(int cycle) throws IOException {
    return read("solutions", cycle, SolutionRecord.class);
  }

  private static <T extends SpecificRecord> T read(String folder, int cycle, Class<T> type)
      throws IOException {
    Path file = output.resolve(folder).resolve("swamp").resolve("cycle-0" + cycle + ".avro");
    try (DataFileReader<T> reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(type))) {
      return reader.next();
    }
  }
}
