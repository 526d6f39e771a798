package io.ticketflow.beam;

import static java.util.Locale.ROOT;

import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Networks of pools as records and as the files pools/RUN/KIND-cycle-CC.avro. */
final class Pools {
  private Pools() {}

  /**
   * Writes what became of a task's target.
   *
   * @param trials whose candidates are named as readers know them
   */
  static void write(BlobStore blobs, PoolTask task, SoupResult result, List<TrialRecord> trials) {
    SolutionRecord target = task.getSolutions().get(task.getTarget());
    long kept = result.getLayers().stream().mapToLong(LayerCount::getKept).sum();
    long total = result.getLayers().stream().mapToLong(LayerCount::getTotal).sum();
    PoolRecord pool =
        PoolRecord.newBuilder()
            .setRun(target.getRun())
            .setMethod(target.getMethod())
            .setVariant(target.getVariant())
            .setSeed(target.getSeed())
            .setCycle(target.getCycle())
            .setKind(task.getKind())
            .setDensity((double) kept / total)
            .setKept(kept)
            .setTotal(total)
            .setWeights(result.getWeights())
            .setTrials(trials)
            .build();
    String path =
        String.format(
            ROOT, "pools/%s/%s-cycle-%02d.avro", pool.getRun(), pool.getKind(), pool.getCycle());
    try {
      blobs.write(path, out -> ContainerFiles.write(PoolRecord.class, List.of(pool), out));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
