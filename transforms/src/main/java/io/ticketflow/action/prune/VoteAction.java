package io.ticketflow.action.prune;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.math.ChosenRanking;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.math.Vote;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.Voting;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The next mask by a vote of the particles: each would keep its largest weights, as many as the
 * mask shall have. What the vote chooses comes first, and by the mean's magnitude the exact number
 * is made: of too many the largest stay, too few are filled up with the largest others. In the heap
 * at a time: the mean, one particle and the masks.
 */
public final class VoteAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("vote", 1);

  private VoteAction() {}

  /**
   * A subset of {@code mask} with exactly {@code kept} entries.
   *
   * @param total prunable entries
   * @param mean of the particles
   * @param mask that all of them have
   */
  public static Action<ArtifactResult> of(
      RunSpec spec,
      long kept,
      long total,
      ArtifactRef mean,
      ArtifactRef mask,
      List<ArtifactRef> particles) {
    PruningSpec pruning = spec.pruning();
    List<ArtifactRef> inputs = new ArrayList<>(List.of(mean, mask));
    inputs.addAll(particles);
    return ArtifactAction.ofMask(
        KIND,
        Map.of(
            "voting", pruning.voting(),
            "scope", pruning.scope(),
            "exclude", pruning.exclude(),
            "kept", kept),
        inputs,
        () -> ArtifactAction.sum(kept, total),
        at -> PruningAction.made(make(at.artifacts(), pruning, kept, mean, mask, particles)));
  }

  private static PrunedMask make(
      ArtifactStore artifacts,
      PruningSpec pruning,
      long kept,
      ArtifactRef mean,
      ArtifactRef mask,
      List<ArtifactRef> particles) {
    ArtifactPruning.requireSome(kept);
    Masks left = artifacts.loadMasks(mask);
    List<Masks> own =
        particles.stream()
            .map(artifacts::load)
            .map(
                particle ->
                    NetworkPruning.prune(
                        particle, left, new MagnitudeRanking(), pruning.scope(), kept))
            .toList();
    TensorSet network = artifacts.load(mean);
    ChosenRanking ranking = new ChosenRanking(chosen(vote(pruning.voting()), left, own));
    return artifacts.saveMasks(
        network, NetworkPruning.prune(network, left, ranking, pruning.scope(), kept));
  }

  private static Map<String, Mask> chosen(Vote vote, Masks left, List<Masks> own) {
    Map<String, Mask> chosen = new HashMap<>();
    for (String tensor : left.tensors()) {
      List<Mask> masks = own.stream().flatMap(each -> Stream.ofNullable(each.get(tensor))).toList();
      chosen.put(tensor, vote.of(masks));
    }
    return chosen;
  }

  private static Vote vote(Voting voting) {
    return switch (voting) {
      case UNION -> Vote.UNION;
      case INTERSECTION -> Vote.INTERSECTION;
      case MAJORITY -> Vote.MAJORITY;
      case MEAN -> throw new IllegalArgumentException("the mean decides, and nobody votes");
    };
  }
}
