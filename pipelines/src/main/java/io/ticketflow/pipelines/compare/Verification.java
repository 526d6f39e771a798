package io.ticketflow.pipelines.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.experiment.Resolved;
import io.ticketflow.pipelines.statistics.Equivalence.Finding;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Judges an output against another, or against a baseline.
 *
 * @param mode how
 * @param margin of the statistical comparison, in points of accuracy
 * @param alpha the chance of a wrong "same" that is taken
 */
public record Verification(Mode mode, double margin, double alpha) {
  /** How outputs are judged. */
  public enum Mode {
    /** By digests: what is not the same bits is different. */
    EXACT,
    /** By accuracies over seeds: what differs by less than the margin is the same. */
    STATISTICAL,
    /** By digests; where they differ and the platforms do too, by accuracies over seeds. */
    AUTO
  }

  /**
   * @throws UserException naming the option, if a number has no meaning
   */
  public Verification {
    UserException.check(
        margin > 0 && margin <= 100, "--margin", "above 0 and at most 100 points", margin);
    UserException.check(alpha > 0 && alpha < 0.5, "--alpha", "above 0 and below 0.5", alpha);
  }

  /** The verdict. Experiments may differ in their seeds, unless bits are asked for. */
  public Verdict judge(Side here, Side there) throws IOException {
    List<String> differences =
        Experiment.differences(there.name(), text(there, false), text(here, false));
    if (!differences.isEmpty()) {
      return other(here, there, differences);
    }
    List<String> seeds = Experiment.differences(there.name(), text(there, true), text(here, true));
    if (mode == Mode.STATISTICAL) {
      return statistical(here, there);
    }
    if (mode == Mode.EXACT && !seeds.isEmpty()) {
      return other(here, there, seeds);
    }
    ExactComparison exact = ExactComparison.of(here, there, !seeds.isEmpty());
    return mode == Mode.EXACT || isEnough(exact) ? exact(exact, seeds) : statistical(here, there);
  }

  /** Whether bits decide: they are equal, or had to be, or a file was changed. */
  private static boolean isEnough(ExactComparison exact) {
    Side here = exact.here();
    Side there = exact.there();
    boolean altered = !here.altered().isEmpty() || !there.altered().isEmpty();
    boolean alike = here.fingerprint().platform().isLike(there.fingerprint().platform());
    return !exact.parts().isEmpty() && (exact.differing().isEmpty() || alike || altered);
  }

  private static Verdict other(Side here, Side there, List<String> differences) {
    return Verdict.cannotBeCompared(
        here.name(),
        there.name(),
        "The experiments differ: " + String.join("; ", differences) + ".");
  }

  /** With its seeds, or as if it had none. */
  private static String text(Side side, boolean seeds) {
    ObjectNode experiment = side.fingerprint().experiment().deepCopy();
    if (!seeds) {
      experiment.remove("seeds");
    }
    return Resolved.toYaml(experiment);
  }

  private static Verdict exact(ExactComparison exact, List<String> seeds) throws IOException {
    int all = exact.parts().size();
    int differing = exact.differing().size();
    String reason =
        differing == 0
            ? String.format(
                Locale.ROOT,
                "All %d digests of %s are equal%s.",
                all,
                seeds.isEmpty() ? "tickets, solutions, pools and tables" : "the runs on both sides",
                seeds.isEmpty() ? "" : "; " + seeds.get(0))
            : String.format(Locale.ROOT, "%d of %d digests differ.", differing, all);
    return new Verdict(
        differing == 0 ? Verdict.Answer.SAME : Verdict.Answer.DIFFERENT,
        "exact",
        reason,
        exact.here().name(),
        exact.there().name(),
        exact.here().fingerprint().platform(),
        exact.there().fingerprint().platform(),
        all,
        exact.first().orElse(null),
        exact.different(),
        null,
        null,
        List.of());
  }

  private Verdict statistical(Side here, Side there) {
    List<SeedStatistics> rows =
        SeedStatistics.of(
            here.fingerprint().accuracies(), there.fingerprint().accuracies(), margin, alpha);
    long different = count(rows, Finding.DIFFERENT);
    long unclear = count(rows, Finding.CANNOT_TELL);
    Verdict.Answer answer =
        different > 0
            ? Verdict.Answer.DIFFERENT
            : unclear > 0 || rows.isEmpty() ? Verdict.Answer.CANNOT_TELL : Verdict.Answer.SAME;
    return new Verdict(
        answer,
        "statistical",
        String.format(
            Locale.ROOT,
            "Of %d rows, each a method at a density, %d are the same within ±%s points, %d differ by"
                + " more, and %d have too few seeds or too wide an interval to tell.",
            rows.size(),
            count(rows, Finding.SAME),
            margin,
            different,
            unclear),
        here.name(),
        there.name(),
        here.fingerprint().platform(),
        there.fingerprint().platform(),
        0,
        null,
        List.of(),
        margin,
        alpha,
        rows);
  }

  private static long count(List<SeedStatistics> rows, Finding finding) {
    return rows.stream().filter(row -> row.finding() == finding).count();
  }
}
