package io.ticketflow.beam;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ArtifactMean;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * For pipelines of your own: the mean of the networks of each key, under their common mask.
 *
 * <p>Networks are artifacts of one {@link ArtifactStore}, which all workers see; only references
 * travel. Those of a key must have the same tensors, shapes and masks; else the pipeline fails,
 * naming tensor and file. The mean is taken once, over all of them in the order of their digests,
 * so its bits do not depend on how Beam groups them. BatchNorm's statistics are averaged like the
 * rest.
 *
 * @param <K> any key whose coder is deterministic
 */
public final class AverageNetworks<K>
    extends PTransform<PCollection<KV<K, ArtifactRef>>, PCollection<KV<K, ArtifactRef>>> {
  private final String store;

  private AverageNetworks(String store) {
    this.store = store;
  }

  /**
   * Averages networks of a store.
   *
   * @param store a folder, or a URI such as s3://bucket/prefix; the means go there too
   */
  public static <K> AverageNetworks<K> in(String store) {
    return new AverageNetworks<>(new Location(store).absolute());
  }

  @Override
  public PCollection<KV<K, ArtifactRef>> expand(PCollection<KV<K, ArtifactRef>> networks) {
    return networks.apply("Average", Combine.perKey(new MeanFn(store)));
  }

  /** Gathers references; all work is done at the end. */
  static final class MeanFn extends Combine.CombineFn<ArtifactRef, List<ArtifactRef>, ArtifactRef> {
    private final String store;

    MeanFn(String store) {
      this.store = store;
    }

    @Override
    public List<ArtifactRef> createAccumulator() {
      return List.of();
    }

    @Override
    public List<ArtifactRef> addInput(List<ArtifactRef> some, ArtifactRef network) {
      return mergeAccumulators(List.of(some, List.of(network)));
    }

    @Override
    public List<ArtifactRef> mergeAccumulators(Iterable<List<ArtifactRef>> parts) {
      List<ArtifactRef> all = new ArrayList<>();
      parts.forEach(all::addAll);
      all.sort(Comparator.comparing(ArtifactRef::getSha256));
      return all;
    }

    @Override
    public ArtifactRef extractOutput(List<ArtifactRef> all) {
      return ArtifactMean.mean(new ArtifactStore(new Location(store).blobs()), all);
    }

    @Override
    public Coder<List<ArtifactRef>> getAccumulatorCoder(
        CoderRegistry registry, Coder<ArtifactRef> input) {
      return ListCoder.of(RecordCoder.of(ArtifactRef.class));
    }

    @Override
    public Coder<ArtifactRef> getDefaultOutputCoder(
        CoderRegistry registry, Coder<ArtifactRef> input) {
      return RecordCoder.of(ArtifactRef.class);
    }
  }
}
