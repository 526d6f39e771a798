package io.ticketflow.runners.bench;

import io.ticketflow.math.LargestKeys;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.math.Ranked;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.ArtifactMean;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.LocalBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Selection, mean and files of networks of many weights, on one thread. */
public final class DataPlaneBench {
  private static final int PARTICLES = 8;
  private static final int ROUNDS = 5;
  private static final double[] DENSITIES = {0.8, 0.05};

  private DataPlaneBench() {}

  /**
   * Does one of these.
   *
   * @param args {@code select WEIGHTS}, {@code make FOLDER WEIGHTS}, {@code mean FOLDER} of what
   *     make made, or {@code sizes FOLDER WEIGHTS}
   */
  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "select" -> select(Integer.parseInt(args[1]));
      case "make" -> make(Path.of(args[1]), Integer.parseInt(args[2]));
      case "mean" -> mean(Path.of(args[1]));
      case "sizes" -> sizes(Path.of(args[1]), Integer.parseInt(args[2]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void select(int size) {
    Ranked weights = new Ranked("w", drawn(size, 0), Mask.full(size));
    for (double density : DENSITIES) {
      double best = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        LargestKeys.of(new MagnitudeRanking(), List.of(weights), (long) (size * density));
        best = Math.min(best, seconds(begin));
      }
      print("ticketflow %.2f %.3f s", density, best);
    }
  }

  private static void make(Path folder, int size) throws IOException {
    ArtifactStore store = store(folder);
    List<ArtifactRef> made = new ArrayList<>();
    for (int particle = 0; particle < PARTICLES; particle++) {
      made.add(store.save(network(drawn(size, particle)), Masks.NONE));
    }
    BenchParticles.write(folder, made);
  }

  private static void mean(Path folder) throws IOException {
    ArtifactStore store = store(folder);
    List<ArtifactRef> particles = BenchParticles.read(folder);
    for (int round = 0; round < 2 * ROUNDS; round++) { // the compiler needs three of them
      long begin = System.nanoTime();
      long bytes = 0;
      byte[] buffer = new byte[1 << 20];
      for (ArtifactRef particle : particles) {
        try (InputStream in = Files.newInputStream(folder.resolve(particle.getPath()))) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes += n;
          }
        }
      }
      double read = seconds(begin);
      begin = System.nanoTime();
      particles.forEach(store::verify);
      double verified = seconds(begin);
      begin = System.nanoTime();
      ArtifactRef mean = ArtifactMean.mean(store, particles);
      double averaged = seconds(begin);
      Files.delete(folder.resolve(mean.getPath()));
      print(
          "%d particles, GB/s: reading %.2f, reading and digest %.2f, mean %.2f (%.0f %% of reading)",
          particles.size(),
          bytes / read / 1e9,
          bytes / verified / 1e9,
          bytes / averaged / 1e9,
          100 * read / averaged);
    }
    print(
        "heap peak %d MB of %d MB allowed",
        BenchHeap.peak() >> 20, Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void sizes(Path folder, int size) throws IOException {
    ArtifactStore store = store(folder);
    Ranked weights = new Ranked("w", drawn(size, 0), Mask.full(size));
    TensorSet network = network(weights.values());
    for (double density : new double[] {0.8, 0.2, 0.05, 0.01}) {
      Mask kept =
          LargestKeys.of(new MagnitudeRanking(), List.of(weights), (long) (size * density)).get(0);
      Masks masks = new Masks(Map.of("w", kept));
      ArtifactRef mask = store.saveMasks(network, masks).mask();
      double written = Double.MAX_VALUE;
      double read = Double.MAX_VALUE;
      ArtifactRef solution = mask;
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        solution = store.save(network, masks);
        written = Math.min(written, seconds(begin));
        begin = System.nanoTime();
        store.load(solution);
        read = Math.min(read, seconds(begin));
      }
      double dense = 4.0 * size;
      print(
          "density %.2f, of dense bytes: solution %.2f %% (plain %.2f %%), mask %.2f %% (plain"
              + " %.2f %%); solution written at %.0f, read at %.0f MB/s of dense weights",
          density,
          100 * Files.size(folder.resolve(solution.getPath())) / dense,
          100 * solution.getBytes() / dense,
          100 * Files.size(folder.resolve(mask.getPath())) / dense,
          100 * mask.getBytes() / dense,
          dense / written / 1e6,
          dense / read / 1e6);
    }
  }

  private static float[] drawn(int size, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      // Four uniform draws are near enough to a normal one.
      double sum = -2;
      for (int draw = 0; draw < 4; draw++) {
        sum += random.nextDouble();
      }
      values[i] = (float) (0.03 * sum);
    }
    return values;
  }

  private static TensorSet network(float[] values) {
    return TensorSet.of(
        List.of(new Tensor("w", TensorRole.PRUNABLE, List.of((long) values.length), values)));
  }

  private static ArtifactStore store(Path folder) {
    return new ArtifactStore(new LocalBlobs(folder));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
