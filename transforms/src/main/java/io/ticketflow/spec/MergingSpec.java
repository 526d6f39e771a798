package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.Arrays;
import java.util.Locale;

/**
 * How the rules of {@link Merge} work that leave a choice.
 *
 * @param keep of TIES: the share of a particle's step that stays, tensor by tensor
 * @param scale of TIES: λ, the factor of what the steps agree on
 * @param images of FISHER: train images whose gradients are squared; all if there are fewer
 * @param floor of FISHER: the least information that a weight counts with
 * @param epochs of LEARNED: passes over the validation split; 0 = the mean
 * @param learningRate of LEARNED: the highest one
 */
public record MergingSpec(
    double keep, double scale, int images, double floor, int epochs, double learningRate) {
  /** As published; what a text of before there were these keys means. */
  public static final MergingSpec PUBLISHED = new MergingSpec(0.2, 1, 1000, 1e-8, 5, 0.01);

  public MergingSpec {
    check(keep > 0 && keep <= 1, "merging.keep", "above 0 and at most 1", keep);
    check(scale > 0 && scale <= 100, "merging.scale", "above 0 and at most 100", scale);
    check(images >= 1, "merging.images", "at least 1", images);
    check(floor > 0 && floor <= 1, "merging.floor", "above 0 and at most 1", floor);
    check(epochs >= 0 && epochs <= 10_000, "merging.epochs", "from 0 to 10000", epochs);
    check(
        learningRate > 0 && learningRate <= 100,
        "merging.learningRate",
        "above 0 and at most 100",
        learningRate);
  }

  /**
   * @param merges whether a cycle has more than one particle
   */
  void idle(IdleKeys keys, Merge rule, boolean merges) {
    for (String key : new String[] {"keep", "scale", "images", "floor", "epochs", "learningRate"}) {
      keys.none(!merges, "merging." + key, "no cycle has more than one particle")
          .none(!rule.uses(key), "merging." + key, "merge is not " + ruleOf(key));
    }
    keys.none(rule == Merge.LEARNED && epochs == 0, "merging.learningRate", "merging.epochs is 0");
  }

  private static String ruleOf(String key) {
    return Arrays.stream(Merge.values())
        .filter(rule -> rule.uses(key))
        .map(rule -> rule.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElseThrow();
  }
}
