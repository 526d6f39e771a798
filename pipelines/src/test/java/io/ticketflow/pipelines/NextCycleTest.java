package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.tables.TableReader;
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

/** What a cycle starts from, and with which learning rates (Renda, Frankle & Carbin 2020). */
class NextCycleTest {
  @TempDir static Path output;

  @BeforeAll
  static void run() {
    Sweeps.run(
        output,
        2,
        Sweeps.record("rewind", Sweeps.imp()),
        Sweeps.record("lr-rewind", Sweeps.imp("nextCycle.weights: averaged")),
        Sweeps.record(
            "full", Sweeps.imp("nextCycle.schedule: full", "training.rewindLearningRate: 0.03")),
        Sweeps.record("finetune", Sweeps.imp("nextCycle: {weights: averaged, schedule: ft}")));
  }

  @Test
  void rewoundCyclesReplayTheRatesOfTheirEpochs() throws IOException {
    // 216 images in batches of 32: 7 steps an epoch, 21 in all; the last steps of epochs 2 and 3
    // are the 14th and the 21st on the cosine from 0.1 to 0
    for (String run : List.of("rewind", "lr-rewind")) {
      for (int cycle = 0; cycle <= 2; cycle++) {
        assertThat(rates(run, cycle)).hasSize(2);
        assertThat(rates(run, cycle).get(0))
            .isCloseTo(0.05 * (1 + Math.cos(Math.PI * 13 / 21)), within(1e-12));
        assertThat(rates(run, cycle).get(1))
            .isCloseTo(0.05 * (1 + Math.cos(Math.PI * 20 / 21)), within(1e-12));
      }
    }
  }

  @Test
  void fineTuningGoesOnAtAHundredthOfTheRateWhereTheLastOneIsLess() throws IOException {
    double last = 0.001; // the schedule's last one is 0.00056
    assertThat(rates("finetune", 0)).isEqualTo(rates("rewind", 0));
    for (double rate : rates("finetune", 1)) {
      assertThat(rate).isCloseTo(last, within(1e-12));
    }
  }

  @Test
  void fullCyclesHaveTheWholeScheduleAfterATicketOfAConstantRate() throws IOException {
    assertThat(rates("full", 0, -1)).containsExactly(0.03);
    for (int cycle = 0; cycle <= 2; cycle++) {
      assertThat(rates("full", cycle)).hasSize(3);
      for (int epoch = 0; epoch < 3; epoch++) {
        assertThat(rates("full", cycle).get(epoch))
            .isCloseTo(0.05 * (1 + Math.cos(Math.PI * (7 * epoch + 6) / 21)), within(1e-12));
      }
    }
    assertThat(rates("rewind", 0, -1).get(0))
        .isCloseTo(0.05 * (1 + Math.cos(Math.PI * 6 / 21)), within(1e-12));
  }

  /** The ticket of cycle 1 trained by itself, for all three epochs, under its mask. */
  @Test
  void aFullCycleIsADenseTrainingUnderTheMask() throws IOException {
    RunSpec run = Sweeps.imp("nextCycle.schedule: full", "training.rewindLearningRate: 0.03");
    ArtifactStore artifacts = new Workplace(output.toString()).artifacts();
    TicketRecord ticket = ticket("full", 1);
    DataSplits data = Datasets.load(run.data());
    ModelGraph graph = ModelZoo.build(run.model(), 1, 28, 28, 10);
    TrainedNetwork alone =
        new TorchTrainer(Device.cpu())
            .train(
                new TrainingJob(
                    graph,
                    ParticleTraining.dense(run.training(), 3),
                    0,
                    artifacts.load(ticket.getWeights()),
                    artifacts.loadMasks(ticket.getMask()),
                    ticket.getKept(),
                    run.pruning().scope(),
                    run.data(),
                    new DrawKey(1, 1, 0)),
                data,
                EpochListener.NONE);
    TensorSet found = artifacts.load(solution("full", 1).getWeights());
    for (Tensor tensor : alone.weights().tensors()) {
      assertThat(found.get(tensor.name()).values()).isEqualTo(tensor.values());
    }
  }

  @Test
  void weightsAreTheMatchingTicketsOrThoseOfTheCycleBefore() throws IOException {
    for (int cycle = 1; cycle <= 2; cycle++) {
      assertThat(ticket("rewind", cycle).getWeights()).isEqualTo(ticket("rewind", 0).getWeights());
      for (String run : List.of("lr-rewind", "finetune")) {
        assertThat(ticket(run, cycle).getWeights())
            .isEqualTo(solution(run, cycle - 1).getWeights())
            .isNotEqualTo(ticket(run, 0).getWeights());
      }
    }
  }

  private static List<Double> rates(String run, int cycle) throws IOException {
    return rates(run, cycle, 0);
  }

  private static List<Double> rates(String run, int cycle, int particle) throws IOException {
    return TableReader.readFile(
            EpochRow.class, output.resolve("metrics/epochs/" + run + ".parquet"))
        .stream()
        .filter(row -> row.getCycle() == cycle && row.getParticle() == particle)
        .map(EpochRow::getLearningRate)
        .toList();
  }

  private static TicketRecord ticket(String run, int cycle) throws IOException {
    return read("tickets", run, cycle, TicketRecord.class);
  }

  private static SolutionRecord solution(String run, int cycle) throws IOException {
    return read("solutions", run, cycle, SolutionRecord.class);
  }

  private static <T extends SpecificRecord> T read(
      String folder, String run, int cycle, Class<T> type) throws IOException {
    Path file = output.resolve(folder).resolve(run).resolve("cycle-0" + cycle + ".avro");
    try (DataFileReader<T> reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(type))) {
      return reader.next();
    }
  }
}
