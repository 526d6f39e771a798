package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.result.CostRows;
import io.ticketflow.result.Failures;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.AdaptiveSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cycle takes another round of particles, and which network is its own if it does not.
 *
 * <p>A cycle goes on as long as each round has lowered the validation loss of the mean by more than
 * {@code adaptive.minGain}; the first round has nothing to be compared with. Of the last two means
 * the better one is the cycle's, the smaller one of equals. Runs without rounds are decided at
 * once. In a plan a loss that is not known yet counts as a gain, so that it lists all rounds.
 */
public final class DecideRound {
  private DecideRound() {}

  /** Either there is more to train, or it is decided. */
  public record Decision(Optional<RunTicket> more, Optional<MergedRecord> decided) {
    private static Decision decided(MergedRecord merged) {
      return new Decision(Optional.empty(), Optional.of(merged));
    }
  }

  /**
   * The decision.
   *
   * @param rows takes what the measuring costs
   */
  public static Decision of(Performer by, MergedRecord merged, Consumer<MetricRow> rows) {
    RunSpec spec = Specs.of(merged.getRun());
    if (merged.getFailure() != null || spec.adaptive().perRound() == 0) {
      return Decision.decided(merged);
    }
    return Failing.orElse(
        () -> decide(by, spec, merged, rows), why -> Decision.decided(failed(merged, why)));
  }

  private static Decision decide(
      Performer by, RunSpec spec, MergedRecord merged, Consumer<MetricRow> rows) {
    double loss = validationLoss(by, spec, merged, rows);
    RoundRecord before = merged.getBefore();
    int trained = merged.getParticles().size();
    int saved = spec.particlesIn(merged.getTicket().getCycle()) - trained;
    if (saved > 0 && gains(spec.adaptive(), before, loss)) {
      RoundRecord round = new RoundRecord(merged.getParticles(), merged.getWeights(), loss);
      RunTicket more = new RunTicket(merged.getRun(), merged.getTicket(), round);
      return new Decision(Optional.of(more), Optional.empty());
    }
    MergedRecord.Builder decided = MergedRecord.newBuilder(merged).setSaved(saved);
    if (before == null) {
      return Decision.decided(decided.build());
    }
    if (isUnknown(before.getLoss(), loss)) {
      decided.setWeights(undecided(before, merged));
    } else if (before.getLoss() <= loss) {
      decided.setWeights(before.getMean()).setParticles(before.getParticles());
    }
    return Decision.decided(decided.build());
  }

  /** In a plan: it may be of fewer particles, so it is nobody else's network. */
  private static ArtifactRef undecided(RoundRecord before, MergedRecord merged) {
    return ArtifactRefs.unchecked(
        "",
        "decided among " + before.getMean().getSha256() + ", " + merged.getWeights().getSha256(),
        0L);
  }

  private static boolean gains(AdaptiveSpec adaptive, @Nullable RoundRecord before, double loss) {
    return before == null
        || isUnknown(before.getLoss(), loss)
        || adaptive.helped(before.getLoss(), loss);
  }

  private static boolean isUnknown(double before, double loss) {
    return Double.isNaN(before) || Double.isNaN(loss);
  }

  /** NaN in a plan, where it is not known yet. */
  private static double validationLoss(
      Performer by, RunSpec spec, MergedRecord merged, Consumer<MetricRow> rows) {
    int cycle = merged.getTicket().getCycle();
    Purpose purpose = Purpose.of(merged.getRun(), cycle);
    Done<ArtifactResult> recalibrated =
        by.perform(RecalibrationAction.of(by.place(), spec, merged.getWeights()), purpose);
    Done<EvaluationResult> evaluated =
        by.perform(
            EvaluationAction.of(by.place(), spec, List.of(recalibrated.result().getArtifact())),
            purpose);
    CostRows costs = new CostRows(merged.getRun(), cycle);
    rows.accept(costs.cost("recalibrate", recalibrated));
    rows.accept(costs.evaluation(null, evaluated));
    return evaluated.result().getSplits().stream()
        .filter(split -> split.getSplit().equals("validation"))
        .mapToDouble(SplitScores::getLoss)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static MergedRecord failed(MergedRecord merged, String why) {
    int cycle = merged.getTicket().getCycle();
    return MergedRecord.newBuilder(merged)
        .setFailure(Failures.of(merged.getRun(), cycle, null, why))
        .build();
  }
}
