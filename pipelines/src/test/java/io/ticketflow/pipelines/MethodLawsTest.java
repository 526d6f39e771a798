package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.work.PlannedAction.State;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What controls, hosts, rounds, budgets and pools of earlier runs must hold to. */
class MethodLawsTest {
  @TempDir Path folder;

  private Path output() {
    return folder.resolve("output");
  }

  private List<RunRecord> run(String head) {
    List<RunRecord> runs = Experiments.records(folder, head + "\n" + Experiments.SMALL);
    Plan after = Experiments.run(output(), runs);
    assertThat(after.actions()).noneMatch(action -> action.state() == State.TO_RUN);
    return runs;
  }

  @Test
  void controlsTrainTheTicketsOfTheirRun() throws IOException {
    run(
        """
        methods:
          - imp
          - {method: imp, as: same, tickets: {from: imp}}
          - {method: imp, as: reinitialised, tickets: {from: imp, weights: reinitialised}}
          - {method: imp, as: shuffled, tickets: {from: imp, mask: shuffled}}
          - {method: imp, as: signed, tickets: {from: imp, weights: reinitialised, signs: kept}}
        """);
    ArtifactStore artifacts = new Workplace(output().toString()).artifacts();
    for (int cycle = 0; cycle <= 2; cycle++) {
      TicketRecord imp = ticket("imp-seed1", cycle);
      TicketRecord reinitialised = ticket("reinitialised-seed1", cycle);
      assertThat(reinitialised.getMask()).isEqualTo(imp.getMask());
      assertThat(reinitialised.getWeights())
          .isNotEqualTo(imp.getWeights())
          .isEqualTo(ticket("reinitialised-seed1", 0).getWeights());
      keepsSizesAndTakesSigns(
          artifacts.load(ticket("signed-seed1", cycle).getWeights()),
          artifacts.load(reinitialised.getWeights()),
          artifacts.load(
              cycle == 0 ? imp.getWeights() : solution("imp-seed1", cycle - 1).getWeights()));
      TicketRecord shuffled = ticket("shuffled-seed1", cycle);
      assertThat(shuffled.getWeights()).isEqualTo(imp.getWeights());
      assertThat(shuffled.getLayers()).isEqualTo(imp.getLayers());
      if (cycle > 0) {
        Masks its = artifacts.loadMasks(shuffled.getMask());
        artifacts
            .loadMasks(imp.getMask())
            .byName()
            .forEach((name, mask) -> assertThat(its.get(name)).isNotEqualTo(mask));
      }
      // the same ticket trained in the same way is the same network
      assertThat(solution("same-seed1", cycle).getWeights())
          .isEqualTo(solution("imp-seed1", cycle).getWeights());
    }
  }

  private static void keepsSizesAndTakesSigns(TensorSet signed, TensorSet drawn, TensorSet of) {
    for (Tensor tensor : signed.tensors()) {
      float[] sizes = drawn.get(tensor.name()).values();
      float[] signs = of.get(tensor.name()).values();
      for (int i = 0; i < sizes.length; i++) {
        boolean keeps = tensor.role() != TensorRole.PRUNABLE || signs[i] == 0;
        float expected = keeps ? sizes[i] : Math.abs(sizes[i]) * Math.signum(signs[i]);
        assertThat(tensor.values()[i]).isEqualTo(expected);
      }
    }
  }

  @Test
  void particlesInAHostShareOneMaskInEverySegment() throws IOException {
    run("methods: [swamp-on-gmp, swamp-on-rigl, swamp-on-dpf]");
    ArtifactStore artifacts = new Workplace(output().toString()).artifacts();
    for (String method : List.of("gmp", "rigl", "dpf")) {
      String run = "swamp-on-" + method + "-seed1";
      for (int segment = 0; segment <= 3; segment++) {
        SolutionRecord solution = solution(run, segment);
        Masks masks = artifacts.loadMasks(solution.getWeights());
        assertThat(solution.getParticles()).hasSize(2).doesNotHaveDuplicates();
        solution
            .getParticles()
            .forEach(particle -> assertThat(artifacts.loadMasks(particle)).isEqualTo(masks));
        assertThat(artifacts.loadMasks(ticket(run, segment).getMask())).isEqualTo(masks);
      }
      assertThat(ticket(run, 3).getKept()).isEqualTo(26_620);
    }
    // RigL's mask moves at a constant count; GMP's only shrinks
    Masks rigl = artifacts.loadMasks(ticket("swamp-on-rigl-seed1", 0).getMask());
    Masks next = artifacts.loadMasks(ticket("swamp-on-rigl-seed1", 1).getMask());
    rigl.byName()
        .forEach(
            (name, mask) -> {
              assertThat(of(next, name).kept()).isEqualTo(mask.kept());
              // what is dropped of a layer that ERK keeps whole can only grow again
              boolean whole = mask.kept() == mask.size();
              assertThat(of(next, name).equals(mask)).as(name).isEqualTo(whole);
            });
    for (int segment = 0; segment < 3; segment++) {
      Masks before = artifacts.loadMasks(ticket("swamp-on-gmp-seed1", segment).getMask());
      artifacts
          .loadMasks(ticket("swamp-on-gmp-seed1", segment + 1).getMask())
          .byName()
          .forEach((name, mask) -> assertThat(mask.isSubsetOf(of(before, name))).isTrue());
    }
    // DPF's dense weights go on behind the mask: the next segment does not start from zeros
    TicketRecord dpf = ticket("swamp-on-dpf-seed1", 2);
    Masks masks = artifacts.loadMasks(dpf.getMask());
    artifacts
        .load(dpf.getWeights())
        .tensors()
        .forEach(
            tensor -> {
              Mask mask = masks.get(tensor.name());
              for (int i = 0; mask != null && i < tensor.values().length; i++) {
                if (!mask.keeps(i) && tensor.values()[i] != 0) {
                  return;
                }
              }
              assertThat(mask).as(tensor.name() + " is zero where it is pruned").isNull();
            });
  }

  @Test
  void roundsEndWhereTheyNoLongerHelpAndTheSavingIsTold() throws IOException {
    run(
        "methods: [{method: swamp-adaptive, particles: 4, adaptive: {minGain: 100}},"
            + " {method: swamp-adaptive, as: all, particles: 4, adaptive: {perRound: 4}},"
            + " {method: swamp, particles: 4}]");
    for (BudgetRow row : budgets()) {
      boolean early = row.getMethod().equals("swamp-adaptive");
      // no gain is above 100 nats: the second round is the last
      assertThat(row.getSaved()).as(row.getRun()).isEqualTo(early ? 2 : 0);
      int matching = row.getCycle() == 0 ? 1 : 0;
      assertThat(row.getTrainings()).isEqualTo((early ? 2 : 4) + matching);
      assertThat(row.getEpochs()).isEqualTo((early ? 10 : 20) + matching);
    }
    for (int cycle = 0; cycle <= 2; cycle++) {
      assertThat(solution("all-seed1", cycle).getWeights())
          .isEqualTo(solution("swamp-seed1", cycle).getWeights());
      // the better of the means of one and of two
      assertThat(solution("swamp-adaptive-seed1", cycle).getParticles().size()).isIn(1, 2);
    }
  }

  @Test
  void aMatchedBudgetIsTheSameForAll() throws IOException {
    run("methods: [imp, swamp, sms, imp-m-times, rigl, swamp-on-gmp, one-shot]\nbudget: matched");
    Map<String, Long> epochs = new HashMap<>();
    budgets().forEach(row -> epochs.merge(row.getMethod(), row.getEpochs(), Long::sum));
    // SMS: 1 + 5 + 2 phases of 3 copies of 5; IMP m×: 1 + 5 + 2 · 15; SWAMP: 1 + 3 · 2 · 5
    assertThat(epochs).hasSize(7).allSatisfy((method, sum) -> assertThat(sum).isEqualTo(36));
  }

  @Test
  void aPoolOfAnEarlierRunIsThatOfTheRunItself() throws IOException {
    String pooled = "{method: lottery-pools, pool: {kinds: [lottery, average, swa, ema]}}";
    String head = "methods: [" + pooled + ", swamp]";
    run(head);
    Files.writeString(
        output().resolve("experiment.yaml"),
        Experiments.load(folder, head + "\n" + Experiments.SMALL).toYaml());
    Path pools = folder.resolve("pools");
    List<RunRecord> runs =
        Experiments.records(folder, "input: " + output() + "\nmethods: [" + pooled + "]");
    assertThat(runs)
        .extracting(RunRecord::getRun)
        .containsExactly("lottery-pools-lottery-pools-seed1", "lottery-pools-swamp-seed1");
    Plan after = Experiments.run(pools, runs);
    assertThat(after.actions()).noneMatch(action -> action.state() == State.TO_RUN);
    assertThat(after.requestedEpochs()).isZero();
    List<CycleRow> before =
        Experiments.cycles(output()).stream()
            .filter(row -> row.getMethod().equals("lottery-pools"))
            .filter(row -> row.getSubject().startsWith("pool"))
            .toList();
    List<CycleRow> again =
        Experiments.cycles(pools).stream()
            .filter(row -> row.getRun().equals("lottery-pools-lottery-pools-seed1"))
            .filter(row -> row.getSubject().startsWith("pool"))
            .toList();
    // four kinds of 3 solutions; 3 splits
    assertThat(before).hasSize(4 * 3 * 3);
    assertThat(again).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(again.get(i).getSubject()).isEqualTo(before.get(i).getSubject());
      assertThat(again.get(i).getKept()).isEqualTo(before.get(i).getKept());
      assertThat(again.get(i).getLoss()).isEqualTo(before.get(i).getLoss());
    }
  }

  private static Mask of(Masks masks, String tensor) {
    return Objects.requireNonNull(masks.get(tensor), tensor);
  }

  private List<BudgetRow> budgets() throws IOException {
    return TableReader.readFolder(
        BudgetRow.class, new Location(output().toString()), "metrics/budgets");
  }

  /** Tensor by tensor: what is not the mean lies on the line from the ticket's weights to it. */
  @Test
  void stockLiesBetweenTheTicketAndTheMeanOfItsParticles() throws IOException {
    run("methods: [{method: swamp, merge: stock, particles: 3}]");
    ArtifactStore artifacts = new Workplace(output().toString()).artifacts();
    for (int cycle = 0; cycle <= 2; cycle++) {
      SolutionRecord solution = solution("swamp-seed1", cycle);
      Masks masks = artifacts.loadMasks(solution.getWeights());
      List<TensorSet> particles = solution.getParticles().stream().map(artifacts::load).toList();
      TensorSet start = artifacts.load(ticket("swamp-seed1", cycle).getWeights());
      for (Tensor merged : artifacts.load(solution.getWeights()).tensors()) {
        Mask mask = masks.byName().getOrDefault(merged.name(), Mask.full(merged.values().length));
        double along = 0;
        double all = 0;
        double off = 0;
        double[][] ways = new double[2][merged.values().length];
        for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
          double from = start.get(merged.name()).values()[i];
          for (TensorSet particle : particles) {
            ways[0][i] += (particle.get(merged.name()).values()[i] - from) / 3;
          }
          ways[1][i] = merged.values()[i] - from;
          along += ways[0][i] * ways[1][i];
          all += ways[0][i] * ways[0][i];
        }
        double share = along / all;
        for (int i = 0; i < ways[0].length; i++) {
          off = Math.max(off, Math.abs(ways[1][i] - share * ways[0][i]));
        }
        assertThat(off).as(merged.name()).isLessThan(1e-6);
        assertThat(share).as(merged.name()).isStrictlyBetween(0.5, 1.0);
      }
    }
  }

  private TicketRecord ticket(String run, int cycle) throws IOException {
    return read("tickets", run, cycle, TicketRecord.class);
  }

  private SolutionRecord solution(String run, int cycle) throws IOException {
    return read("solutions", run, cycle, SolutionRecord.class);
  }

  private <T extends SpecificRecord> T read(String kind, String run, int cycle, Class<T> type)
      throws IOException {
    Path file = output().resolve(kind).resolve(run).resolve("cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file);
        var records = ContainerFiles.reader(type, in)) {
      return records.next();
    }
  }
}
