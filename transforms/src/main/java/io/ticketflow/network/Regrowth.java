package io.ticketflow.network;

import io.ticketflow.math.DropAndGrow;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.math.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A change of a sparse network's masks that keeps each layer's count, as SET and RigL make them:
 * see {@link DropAndGrow}. Of a layer that keeps k entries, round(fraction · k) are dropped and
 * grown, halves up; a layer that keeps all has nothing to exchange.
 *
 * @param masks after the change, of the tensors that had masks before
 * @param survivors what was kept and not dropped; all other weights start, or start again, at 0
 */
public record Regrowth(Masks masks, Masks survivors) {
  private static final Ranking MAGNITUDE = new MagnitudeRanking();

  /**
   * What entries that have grown begin at, those among them that were just dropped too; 0
   * elsewhere.
   *
   * @param weights tensors with masks, and perhaps others
   * @param draw another tensor of that shape
   */
  public TensorSet grown(TensorSet weights, UnaryOperator<Tensor> draw) {
    List<Tensor> grown = new ArrayList<>();
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              Tensor drawn = draw.apply(weights.get(name));
              float[] values = drawn.values().clone();
              mask.applyTo(values);
              Mask survived = survivors.byName().getOrDefault(name, mask);
              survived.complement().applyTo(values);
              grown.add(drawn.withValues(values));
            });
    return TensorSet.of(grown);
  }

  /**
   * RigL: grows where scores are largest in absolute value.
   *
   * @param weights the smallest are dropped
   * @param scores of every entry, the loss's dense gradient
   * @param fraction from 0 to 1
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor, if a weight or a score
   *     is infinite or not a number
   */
  public static Regrowth byScores(
      TensorSet weights, TensorSet scores, Masks masks, double fraction) {
    return of(
        weights,
        masks,
        fraction,
        tensor -> MAGNITUDE.of(tensor.name()).next(scores.get(tensor.name()).values()));
  }

  /**
   * SET: grows uniformly at random.
   *
   * @param weights the smallest are dropped
   * @param draws by a tensor's name: where its choice comes from
   * @param fraction from 0 to 1
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static Regrowth atRandom(
      TensorSet weights, Function<String, KeyedRandom> draws, Masks masks, double fraction) {
    return of(
        weights,
        masks,
        fraction,
        tensor -> DropAndGrow.randomKeys(draws.apply(tensor.name()), tensor.values().length));
  }

  private static Regrowth of(
      TensorSet weights, Masks masks, double fraction, Function<Tensor, int[]> growthKeys) {
    Map<String, Mask> changed = new LinkedHashMap<>();
    Map<String, Mask> survivors = new LinkedHashMap<>();
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              Tensor tensor = weights.get(name);
              long count = mask.kept() == mask.size() ? 0 : Math.round(fraction * mask.kept());
              DropAndGrow layer =
                  DropAndGrow.of(
                      MAGNITUDE.of(name).next(tensor.values()),
                      growthKeys.apply(tensor),
                      mask,
                      count);
              changed.put(name, layer.mask());
              survivors.put(name, layer.survivors());
            });
    return new Regrowth(new Masks(changed), new Masks(survivors));
  }
}
