package io.ticketflow.beam;

import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Location;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.beam.sdk.transforms.MapValues;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * For pipelines of your own: networks pruned by magnitude to a density, all prunable tensors
 * together, without training.
 *
 * <p>Networks are artifacts of one {@link ArtifactStore}; what comes out is an artifact with the
 * new mask and +0 where it prunes. Exactly round(density · prunable entries) are kept, halves up;
 * ties are broken by (tensor order, index), the first stay. What is pruned already stays so. A
 * value that is not finite, a density above the network's own, and one that keeps nothing fail the
 * pipeline, naming the tensor or the numbers.
 *
 * @param <K> any key
 */
public final class PruneNetworks<K>
    extends PTransform<PCollection<KV<K, ArtifactRef>>, PCollection<KV<K, ArtifactRef>>> {
  private final String store;
  private final double density;

  private PruneNetworks(String store, double density) {
    this.store = store;
    this.density = density;
  }

  /**
   * Prunes networks of a store.
   *
   * @param store a folder, or a URI such as s3://bucket/prefix; the pruned ones go there too
   * @param density above 0 and at most 1
   * @throws IllegalArgumentException if the density is not
   */
  public static <K> PruneNetworks<K> in(String store, double density) {
    if (!(density > 0 && density <= 1)) {
      throw new IllegalArgumentException("density must be above 0 and at most 1, got " + density);
    }
    return new PruneNetworks<>(new Location(store).absolute(), density);
  }

  @Override
  public PCollection<KV<K, ArtifactRef>> expand(PCollection<KV<K, ArtifactRef>> networks) {
    String at = store; // not this: the lambda travels
    double kept = density;
    SerializableFunction<ArtifactRef, ArtifactRef> prune = network -> prune(at, kept, network);
    return networks
        .apply("Prune", MapValues.into(TypeDescriptor.of(ArtifactRef.class)).via(prune))
        .setCoder(networks.getCoder());
  }

  private static ArtifactRef prune(String at, double density, ArtifactRef network) {
    ArtifactStore artifacts = new ArtifactStore(new Location(at).blobs());
    TensorSet weights = artifacts.load(network);
    Masks masks = artifacts.loadMasks(network);
    long kept =
        BigDecimal.valueOf(density)
            .multiply(BigDecimal.valueOf(masks.total()))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    ArtifactPruning.requireSome(kept);
    if (kept > masks.kept()) {
      throw new IllegalArgumentException(
          network.getPath()
              + " keeps "
              + masks.kept()
              + " weights: pruning gives no more, and density "
              + density
              + " asks for "
              + kept);
    }
    Masks pruned =
        NetworkPruning.prune(
            weights, masks, new MagnitudeRanking(), PruningSpec.Scope.GLOBAL, kept);
    return artifacts.save(pruned.applyTo(weights), pruned);
  }
}
