package io.ticketflow.network;

import io.ticketflow.math.LargestKeys;
import io.ticketflow.math.LargestUnion;
import io.ticketflow.math.Mask;
import io.ticketflow.math.Ranked;
import io.ticketflow.math.Ranking;
import io.ticketflow.spec.PruningSpec.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks of a network in memory: what {@link io.ticketflow.store.ArtifactPruning} does for one on
 * storage, with the same result.
 */
public final class NetworkPruning {
  private NetworkPruning() {}

  /**
   * The masks that keep {@code kept} entries in all, exactly: those whose keys are largest, ties by
   * (tensor order, index), the first stay.
   *
   * @param network its values are ranked
   * @param eligible by name: which entries may stay; tensors that have none here are not pruned
   * @param kept from 0 to the number of eligible entries
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static Masks prune(
      TensorSet network, Masks eligible, Ranking ranking, Scope scope, long kept) {
    List<Tensor> tensors = tensors(network, eligible);
    List<Ranked> ranked =
        tensors.stream()
            .map(each -> new Ranked(each.name(), each.values(), mask(eligible, each)))
            .toList();
    return masks(
        tensors,
        eligible,
        scope,
        kept,
        (from, to, some) -> LargestKeys.of(ranking, ranked.subList(from, to), some));
  }

  /**
   * The masks that several networks of one shape make together, as {@link LargestUnion} says: over
   * all tensors, or tensor by tensor, as the scope has it. Those of one network are {@link #prune}.
   *
   * @param networks at least one
   */
  public static Masks union(
      List<TensorSet> networks, Masks eligible, Ranking ranking, Scope scope, long kept) {
    if (networks.size() == 1) {
      return prune(networks.get(0), eligible, ranking, scope, kept);
    }
    List<Tensor> tensors = tensors(networks.get(0), eligible);
    List<Mask> left = tensors.stream().map(tensor -> mask(eligible, tensor)).toList();
    List<List<int[]>> keys =
        networks.stream()
            .map(
                network ->
                    tensors(network, eligible).stream()
                        .map(tensor -> ranking.of(tensor.name()).next(tensor.values()))
                        .toList())
            .toList();
    return masks(
        tensors,
        eligible,
        scope,
        kept,
        (from, to, some) ->
            LargestUnion.of(
                keys.stream().map(each -> each.subList(from, to)).toList(),
                left.subList(from, to),
                some));
  }

  /** Selects so many entries of the tensors from … to − 1. */
  private interface Selection {
    List<Mask> of(int from, int to, long kept);
  }

  private static Masks masks(
      List<Tensor> tensors, Masks eligible, Scope scope, long kept, Selection selection) {
    List<Mask> chosen = new ArrayList<>();
    if (scope == Scope.GLOBAL) {
      chosen.addAll(selection.of(0, tensors.size(), kept));
    } else {
      long[] allotted =
          LayerAllotment.of(
              scope,
              tensors.stream().map(Tensor::shape).toList(),
              tensors.stream().mapToLong(tensor -> mask(eligible, tensor).kept()).toArray(),
              kept);
      for (int i = 0; i < allotted.length; i++) {
        chosen.addAll(selection.of(i, i + 1, allotted[i]));
      }
    }
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      masks.put(tensors.get(i).name(), chosen.get(i));
    }
    return new Masks(masks);
  }

  private static List<Tensor> tensors(TensorSet network, Masks eligible) {
    return network.tensors().stream()
        .filter(tensor -> eligible.get(tensor.name()) != null)
        .toList();
  }

  /** The entries of the largest keys, over all tensors together. */
  public static List<Mask> largest(List<int[]> keys, List<Mask> eligible, long kept) {
    return LargestKeys.of(keys, eligible, kept);
  }

  private static Mask mask(Masks masks, Tensor tensor) {
    Mask mask = masks.get(tensor.name());
    if (mask == null || mask.size() != tensor.values().length) {
      throw new IllegalArgumentException("the mask of tensor " + tensor.name() + " does not fit");
    }
    return mask;
  }
}
