package io.ticketflow.learn.measure;

import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.ScoreRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.PruningSpec.Scope;
import java.util.stream.IntStream;

/**
 * SynFlow: pruning without data, by the flow through each weight, in many small rounds so that no
 * layer falls away as a whole while others have weights left (Tanaka, Kunin, Yamins, Ganguli,
 * NeurIPS 2020, algorithm 1).
 */
public final class SynFlow {
  private SynFlow() {}

  /**
   * The share of the flow through each entry of the tensors that have masks: see {@link
   * Calculator.Flow}.
   */
  public static TensorSet scores(
      ModelGraph graph, TensorSet network, Masks masks, Calculator calculator) {
    try (Calculator.Flow flow = calculator.flow(graph, network)) {
      return flow.through(masks);
    }
  }

  /**
   * The masks after all rounds. Round k of K keeps {@link #keptAfter} of the n entries that the
   * given masks keep, ranked by the flow through what the round before has kept; ties, such as
   * where nothing flows, by (tensor order, index), the first stay.
   *
   * @param masks the masks before; subsets of them are returned
   * @param scope over which entries are ranked, in every round
   * @param kept entries kept at last, exactly; at most n
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor, if the flow is more
   *     than a double holds
   */
  public static Masks prune(
      ModelGraph graph,
      TensorSet network,
      Masks masks,
      int rounds,
      Scope scope,
      long kept,
      Calculator calculator) {
    long before = masks.kept();
    Masks left = masks;
    long now = before;
    try (Calculator.Flow flow = calculator.flow(graph, network)) {
      for (int round = 1; round <= rounds; round++) {
        long next = keptAfter(round, rounds, before, kept);
        if (next == now && round > 1) {
          continue; // the mask would stay as it is
        }
        left = NetworkPruning.prune(flow.through(left), left, new ScoreRanking(), scope, next);
        now = next;
      }
    }
    return left;
  }

  /**
   * Entries kept after a round: n·(kept/n)^(k/K), rounded.
   *
   * @param round k, from 1 to K; K gives {@code kept} exactly
   * @param before n, entries before the first round
   */
  static long keptAfter(int round, int rounds, long before, long kept) {
    if (round == rounds || before == 0) {
      return kept;
    }
    double density = (double) kept / before;
    return Math.round(before * StrictMath.pow(density, (double) round / rounds));
  }

  /**
   * Adds the rounds if some would prune nothing.
   *
   * @param before entries before the first round
   */
  public static void idle(IdleKeys keys, int rounds, long before, long kept) {
    long pruning =
        IntStream.rangeClosed(1, rounds)
            .filter(
                k -> keptAfter(k, rounds, before, kept) < keptAfter(k - 1, rounds, before, kept))
            .count();
    keys.partly(
        pruning < rounds,
        "pruning.saliency.rounds",
        "is more than there is to prune: only " + pruning + " rounds take weights");
  }
}
