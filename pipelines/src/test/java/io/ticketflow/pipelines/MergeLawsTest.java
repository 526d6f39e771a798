package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.work.PlannedAction.State;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network that a run makes of a cycle's particles is what its rule of merging says. */
class MergeLawsTest {
  @TempDir Path folder;

  /** One tensor's kept entries: of the merged network, the particles and the ticket. */
  private record Entries(String name, double[] merged, List<double[]> particles, double[] start) {
    int count() {
      return merged.length;
    }

    void assertMerged(double[] expected) {
      double off = 0;
      for (int i = 0; i < merged.length; i++) {
        off = Math.max(off, Math.abs(merged[i] - expected[i]));
      }
      assertThat(off).as(name).isLessThan(1e-6);
    }
  }

  /** All tensors of all three cycles of a run with this rule. */
  private List<Entries> run(String rule, int particles) throws IOException {
    String method = "methods: [{method: swamp, particles: " + particles + ", " + rule + "}]\n";
    Path output = folder.resolve("output");
    Plan after = Experiments.run(output, Experiments.records(folder, method + Experiments.SHORT));
    assertThat(after.actions()).noneMatch(action -> action.state() == State.TO_RUN);
    ArtifactStore artifacts = new Workplace(output.toString()).artifacts();
    List<Entries> all = new ArrayList<>();
    for (int cycle = 0; cycle <= 2; cycle++) {
      SolutionRecord solution = read(output, "solutions", cycle, SolutionRecord.class);
      TicketRecord ticket = read(output, "tickets", cycle, TicketRecord.class);
      Masks masks = artifacts.loadMasks(solution.getWeights());
      List<TensorSet> networks = solution.getParticles().stream().map(artifacts::load).toList();
      TensorSet start = artifacts.load(ticket.getWeights());
      for (Tensor merged : artifacts.load(solution.getWeights()).tensors()) {
        int size = merged.values().length;
        Mask mask = masks.byName().getOrDefault(merged.name(), Mask.full(size));
        int[] kept = IntStream.range(0, size).filter(mask::keeps).toArray();
        all.add(
            new Entries(
                "cycle " + cycle + " " + merged.name(),
                at(merged, kept),
                networks.stream().map(each -> at(each.get(merged.name()), kept)).toList(),
                at(start.get(merged.name()), kept)));
      }
    }
    assertThat(all).hasSize(3 * 6);
    return all;
  }

  private static double[] at(Tensor tensor, int[] kept) {
    return Arrays.stream(kept).mapToDouble(i -> tensor.values()[i]).toArray();
  }

  @Test
  void ties() throws IOException {
    for (Entries tensor : run("merge: ties, merging: {keep: 0.3, scale: 0.5}", 3)) {
      int count = tensor.count();
      double[] up = new double[count];
      double[] down = new double[count];
      int[] rising = new int[count];
      int[] falling = new int[count];
      for (double[] particle : tensor.particles()) {
        double[] step = new double[count];
        for (int i = 0; i < count; i++) {
          step[i] = (float) (particle[i] - tensor.start()[i]);
        }
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(step[i])))
            .limit((long) Math.floor(0.3 * count + 0.5))
            .forEach(
                i -> {
                  up[i] += Math.max(0, step[i]);
                  down[i] -= Math.min(0, step[i]);
                  rising[i] += step[i] > 0 ? 1 : 0;
                  falling[i] += step[i] < 0 ? 1 : 0;
                });
      }
      double[] expected = tensor.start().clone();
      for (int i = 0; i < count; i++) {
        if (up[i] != down[i]) {
          expected[i] += 0.5 * (up[i] > down[i] ? up[i] / rising[i] : -down[i] / falling[i]);
        }
      }
      tensor.assertMerged(expected);
    }
  }

  /** Of two particles: spherical interpolation at 1/2, of the mean length. */
  @Test
  void karcher() throws IOException {
    for (Entries tensor : run("merge: karcher", 2)) {
      double[] a = tensor.particles().get(0);
      double[] b = tensor.particles().get(1);
      double lengthA = length(a);
      double lengthB = length(b);
      double[] sum = new double[tensor.count()];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = a[i] / lengthA + b[i] / lengthB;
      }
      double factor = (lengthA + lengthB) / 2 / length(sum);
      tensor.assertMerged(Arrays.stream(sum).map(x -> factor * x).toArray());
    }
  }

  private static double length(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
  }

  /** Each weight lies between those of the particles, and not all lie half way. */
  @Test
  void fisher() throws IOException {
    double outside = 0;
    double away = 0;
    for (Entries tensor : run("merge: fisher, merging: {images: 40}", 2)) {
      for (int i = 0; i < tensor.count(); i++) {
        double a = tensor.particles().get(0)[i];
        double b = tensor.particles().get(1)[i];
        double merged = tensor.merged()[i];
        outside = Math.max(outside, Math.min(a, b) - merged);
        outside = Math.max(outside, merged - Math.max(a, b));
        away = Math.max(away, Math.abs(merged - (a + b) / 2) / (Math.abs(a - b) + 1e-9));
      }
    }
    assertThat(outside).isZero();
    assertThat(away).isBetween(0.3, 0.5);
  }

  /** Each tensor lies on the line through both particles', and a layer's bias as far along it. */
  @Test
  void learned() throws IOException {
    double away = 0;
    double weight = 0;
    for (Entries tensor : run("merge: learned, merging: {epochs: 3, learningRate: 0.1}", 2)) {
      double[] a = tensor.particles().get(0);
      double[] b = tensor.particles().get(1);
      double along = 0;
      double all = 0;
      for (int i = 0; i < tensor.count(); i++) {
        along += (tensor.merged()[i] - a[i]) * (b[i] - a[i]);
        all += (b[i] - a[i]) * (b[i] - a[i]);
      }
      double share = along / all;
      tensor.assertMerged(
          IntStream.range(0, tensor.count())
              .mapToDouble(i -> a[i] + share * (b[i] - a[i]))
              .toArray());
      if (tensor.name().endsWith(".bias")) {
        assertThat(Math.abs(share - weight)).as(tensor.name()).isLessThan(1e-4);
      }
      weight = share;
      away = Math.max(away, Math.abs(share - 0.5));
    }
    assertThat(away).isGreaterThan(0.02);
  }

  private static <T extends SpecificRecord> T read(
      Path output, String kind, int cycle, Class<T> type) throws IOException {
    Path file = output.resolve(kind).resolve("swamp-seed1").resolve("cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file);
        var records = ContainerFiles.reader(type, in)) {
      return records.next();
    }
  }
}
