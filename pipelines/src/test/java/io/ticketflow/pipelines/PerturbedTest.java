package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members one after another, against trainings by hand. Every training begins without momentum, so
 * ρ = 0 is those trainings in a row, each from the mean that the one before ended with.
 */
class PerturbedTest {
  private static final int LAST = 1;
  private static final int MEMBERS = 3;
  private static final String LEVELS =
      "epochs: 4, learningRate: 0.0625, finalLearningRate: 0.03125}";
  private static final RunSpec MOVED =
      Sweeps.imp("pruning.cycles: 1", "perturbed: {members: 3, factor: 2, " + LEVELS);
  private static final RunSpec SAME =
      Sweeps.imp("pruning.cycles: 1", "perturbed: {members: 3, factor: 0, " + LEVELS);

  @TempDir static Path output;

  private static ArtifactStore artifacts;

  @BeforeAll
  static void run() {
    Sweeps.run(output, 2, Sweeps.record("moved", MOVED), Sweeps.record("same", SAME));
    artifacts = new Workplace(output.toString()).artifacts();
  }

  @Test
  void withoutAFactorAMemberGoesOnFromTheOneBefore() throws IOException {
    ArtifactRef before = solution("same", LAST).getWeights();
    for (int member = 0; member < MEMBERS; member++) {
      assertThat(ticket("same", member).getWeights()).isEqualTo(before);
      List<TensorSet> snapshots = snapshots("same", member);
      before = members("same").get(member);
      TensorSet found = artifacts.load(before);
      for (Tensor tensor : found.tensors()) {
        assertThat(tensor.values()).isEqualTo(mean(snapshots, tensor.name()));
      }
    }
    assertThat(members("same").get(0)).isEqualTo(members("moved").get(0));
  }

  @Test
  void aMemberStartsAtTheOneBeforeGiveOrTakeItsSpread() throws IOException {
    for (int member = 1; member < MEMBERS; member++) {
      TensorSet before = artifacts.load(members("moved").get(member - 1));
      TensorSet start = artifacts.load(ticket("moved", member).getWeights());
      List<TensorSet> snapshots = snapshots("moved", member - 1);
      long kept = 0;
      long wrong = 0;
      for (Tensor tensor : before.tensors()) {
        for (int i = 0; i < tensor.values().length; i++) {
          double first = snapshots.get(0).get(tensor.name()).values()[i];
          double second = snapshots.get(1).get(tensor.name()).values()[i];
          double spread = Math.abs(first - second) / 2; // of two, around their mean
          double step =
              Math.abs((double) start.get(tensor.name()).values()[i] - tensor.values()[i]);
          double rounding = Math.ulp(Math.abs(tensor.values()[i]) + 2f * (float) spread);
          wrong += Math.abs(step - 2 * spread) > 1e-6 * spread + rounding ? 1 : 0;
          kept += step > 0 && tensor.name().endsWith("weight") ? 1 : 0;
        }
      }
      assertThat(wrong).isZero();
      assertThat(kept).isBetween(1L, ticket("moved", member).getKept());
      assertThat(artifacts.loadMasks(ticket("moved", member).getMask()))
          .isEqualTo(artifacts.loadMasks(ticket("moved", 0).getMask()));
    }
    assertThat(members("moved")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"moved", "same"})
  void theLastCycleIsTheMeanOfAllAndTellsOfTheirEnsemble(String run) throws IOException {
    List<TensorSet> members = members(run).stream().map(artifacts::load).toList();
    assertThat(members).hasSize(MEMBERS);
    TensorSet found = artifacts.load(solution(run, LAST + MEMBERS).getWeights());
    for (Tensor tensor : found.tensors()) {
      assertThat(tensor.values()).isEqualTo(mean(members, tensor.name()));
    }
    for (int so = 1; so <= MEMBERS; so++) {
      assertThat(solution(run, LAST + so).getParticles()).isEqualTo(members(run).subList(0, so));
    }
    CycleRow row =
        Experiments.cycles(output).stream()
            .filter(each -> each.getRun().equals(run) && each.getCycle() == LAST + MEMBERS)
            .filter(each -> each.getSubject().equals("ensemble"))
            .filter(each -> each.getSplit().equals("test"))
            .findFirst()
            .orElseThrow();
    assertThat(row.getNll()).isCloseTo(likelihood(members), within(1e-4));
  }

  /** −log of the mean probability of the right class, its mean over test, by nested loops. */
  private static double likelihood(List<TensorSet> members) {
    DataSplits data = Datasets.load(MOVED.data());
    Images test = data.test();
    double[][] images = new double[test.count()][test.imageSize()];
    for (int n = 0; n < images.length; n++) {
      for (int i = 0; i < images[n].length; i++) {
        int pixel = test.pixels()[n * images[n].length + i] & 0xFF;
        images[n][i] = (pixel / 255.0 - data.mean()[0]) / data.std()[0];
      }
    }
    double[] right = new double[images.length];
    for (TensorSet member : members) {
      for (int n = 0; n < images.length; n++) {
        double[] logits = images[n];
        for (String layer : List.of("fc1", "fc2", "fc3")) {
          logits = linear(member, layer, logits);
        }
        double total = 0;
        for (double logit : logits) {
          total += Math.exp(logit);
        }
        right[n] += Math.exp(logits[test.labels()[n]]) / total / members.size();
      }
    }
    double sum = 0;
    for (double probability : right) {
      sum -= Math.log(probability);
    }
    return sum / right.length;
  }

  /** A layer, of what is above 0 where another layer comes before it. */
  private static double[] linear(TensorSet network, String layer, double[] in) {
    float[] weights = network.get(layer + ".weight").values();
    float[] biases = network.get(layer + ".bias").values();
    double[] out = new double[biases.length];
    for (int o = 0; o < out.length; o++) {
      out[o] = biases[o];
      for (int i = 0; i < in.length; i++) {
        out[o] += weights[o * in.length + i] * (layer.equals("fc1") ? in[i] : Math.max(0, in[i]));
      }
    }
    return out;
  }

  /**
   * The weights after the member's third and fourth epoch: its rates are those of a multi-step
   * schedule, which halves after the second, in trainings that average nothing.
   */
  private static List<TensorSet> snapshots(String run, int member) throws IOException {
    RunSpec steps =
        Sweeps.imp(
            "training: {epochs: 4, schedule: {name: multi-step, learningRate: 0.0625}}",
            "training.schedule: {milestones: [2], gamma: 0.5}");
    TicketRecord ticket = ticket(run, member);
    List<TensorSet> snapshots = new ArrayList<>();
    for (int end = 3; end <= 4; end++) {
      TrainingJob job =
          new TrainingJob(
              graph(),
              ParticleTraining.dense(steps.training(), end),
              0,
              artifacts.load(ticket.getWeights()),
              artifacts.loadMasks(ticket.getMask()),
              ticket.getKept(),
              steps.pruning().scope(),
              steps.data(),
              new DrawKey(1, LAST + 1 + member, 0));
      snapshots.add(
          new TorchTrainer(Device.cpu())
              .train(job, Datasets.load(steps.data()), EpochListener.NONE)
              .weights());
    }
    return snapshots;
  }

  private static float[] mean(List<TensorSet> networks, String tensor) {
    float[] mean = new float[networks.get(0).get(tensor).values().length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (TensorSet network : networks) {
        sum += network.get(tensor).values()[i];
      }
      mean[i] = (float) (sum / networks.size());
    }
    return mean;
  }

  private static ModelGraph graph() {
    return ModelZoo.build(MOVED.model(), 1, 28, 28, 10);
  }

  private static List<ArtifactRef> members(String run) throws IOException {
    return solution(run, LAST + MEMBERS).getParticles();
  }

  /** What a member sets out from. */
  private static TicketRecord ticket(String run, int member) throws IOException {
    return read("tickets", run, LAST + 1 + member, TicketRecord.class);
  }

  private static SolutionRecord solution(String run, int cycle) throws IOException {
    return read("solutions", run, cycle, SolutionRecord.class);
  }

  private static <T extends SpecificRecord> T read(
      String folder, String run, int cycle, Class<T> type) throws IOException {
    Path file = output.resolve(folder).resolve(run).resolve("cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file)) {
      return ContainerFiles.one(type, in);
    }
  }
}
