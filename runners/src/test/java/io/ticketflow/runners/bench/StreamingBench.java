package io.ticketflow.runners.bench;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.store.ArtifactMean;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.LocalBlobs;
import io.ticketflow.store.PrunedMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Time and Java heap of averaging and pruning ResNet-50s, 25.6 million parameters each: what a
 * stage does between the trainings of two cycles. Run it with a small -Xmx; it ends with an error
 * if that does not suffice.
 */
public final class StreamingBench {
  private static final int PARTICLES = 8;

  private StreamingBench() {}

  /**
   * Writes the networks and leaves, or averages and prunes those of an earlier call: making them
   * takes more heap than what is measured.
   *
   * @param args make or measure, and a folder, which is not emptied
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    ArtifactStore store = new ArtifactStore(new LocalBlobs(folder));
    if (args[0].equals("make")) {
      ModelGraph graph =
          ModelZoo.build(new ModelSpec("resnet-50", 0, "imagenet", HE), 3, 224, 224, 1000);
      List<ArtifactRef> made = new ArrayList<>();
      for (int particle = 0; particle < PARTICLES; particle++) {
        made.add(store.save(Initialisation.draw(graph, HE, particle), Masks.NONE));
      }
      BenchParticles.write(folder, made);
      return;
    }
    List<ArtifactRef> particles = BenchParticles.read(folder);
    PruningSpec spec = BenchSettings.run("pruning.cycles: 1").pruning();
    long begin = System.nanoTime();
    ArtifactRef mean = ArtifactMean.mean(store, particles);
    long averaged = System.nanoTime();
    ArtifactPruning pruning = new ArtifactPruning(store);
    PrunedMask full = pruning.fullMask(mean, spec);
    long prunable = full.total();
    PrunedMask mask =
        pruning.prune(mean, full.mask(), spec, new MagnitudeRanking(), spec.keptAfter(1, prunable));
    long pruned = System.nanoTime();
    System.out.printf(
        Locale.ROOT,
        "%d particles of %d prunable weights: average %.1f s, prune to %d %.1f s, heap peak %d MB"
            + " of %d MB allowed%n",
        particles.size(),
        prunable,
        (averaged - begin) / 1e9,
        mask.kept(),
        (pruned - averaged) / 1e9,
        BenchHeap.peak() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }
}
