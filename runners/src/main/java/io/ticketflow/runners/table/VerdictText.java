package io.ticketflow.runners.table;

import io.ticketflow.pipelines.compare.CurveDifference;
import io.ticketflow.pipelines.compare.Platform;
import io.ticketflow.pipelines.compare.SeedStatistics;
import io.ticketflow.pipelines.compare.TensorDifference;
import io.ticketflow.pipelines.compare.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A verdict for people. */
public final class VerdictText {
  /** Where an output keeps its last recorded verdict, as JSON. */
  public static final String FILE = "verdict.json";

  private VerdictText() {}

  /** The answer first, then what it rests on. */
  public static List<String> lines(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    lines.add("Verdict  " + verdict.verdict().words());
    lines.add("Reason   " + verdict.reason());
    platform(lines, "Here     ", verdict.here(), verdict.platformHere());
    platform(lines, "There    ", verdict.there(), verdict.platformThere());
    Verdict.Parting first = verdict.first();
    if (first != null) {
      lines.addAll(parting(first, verdict));
    }
    if (!verdict.statistics().isEmpty()) {
      lines.add("");
      lines.addAll(table(verdict));
    }
    return lines;
  }

  private static void platform(
      List<String> lines, String head, String name, @Nullable Platform platform) {
    if (platform != null) {
      lines.add(head + name + " (" + platform.text() + ")");
    }
  }

  private static List<String> parting(Verdict.Parting first, Verdict verdict) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "First    " + first.run() + ", cycle " + first.cycle() + ": " + first.part() + " differs");
    CurveDifference curve = first.curve();
    if (curve != null) {
      lines.add("Curve    " + curve(curve));
    }
    TensorDifference tensor = first.tensor();
    if (tensor != null) {
      lines.add("Tensor   of " + first.artifact() + ", " + tensor(tensor));
    }
    verdict.different().stream()
        .filter(part -> part.remark() != null)
        .forEach(
            part ->
                lines.add(
                    "Changed  "
                        + part.run()
                        + ", cycle "
                        + part.cycle()
                        + ", "
                        + part.part()
                        + ": "
                        + part.remark()));
    return lines;
  }

  /** Where two curves part, in words. */
  public static String curve(CurveDifference curve) {
    String training =
        curve.particle() < 0 ? "the matching ticket's training" : "particle " + curve.particle();
    return String.format(
        Locale.ROOT,
        "%s parts in epoch %d: %s is %s here and %s there",
        training,
        curve.epoch(),
        curve.column(),
        curve.here(),
        curve.there());
  }

  /** How a tensor differs, in words. */
  public static String tensor(TensorDifference tensor) {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d entries differ, the most at %d, which is %s here and %s there",
        tensor.tensor(),
        tensor.different(),
        tensor.entries(),
        tensor.entry(),
        tensor.here(),
        tensor.there());
  }

  private static List<String> table(Verdict verdict) {
    int percent = (int) Math.round(100 * (1 - 2 * (verdict.alpha() == null ? 0 : verdict.alpha())));
    TextTable table =
        new TextTable(
            List.of(
                "method",
                "cycle",
                "density",
                "seeds",
                "difference",
                percent + " % interval",
                "power",
                "seeds for 0.8",
                "finding"));
    for (SeedStatistics row : verdict.statistics()) {
      String name = row.variant().isEmpty() ? row.method() : row.method() + " " + row.variant();
      table.row(
          List.of(
              name,
              String.valueOf(row.cycle()),
              String.format(Locale.ROOT, "%.1f %%", 100 * row.density()),
              row.seeds() + (row.paired() ? "" : " unpaired"),
              number("%+.3f", row.difference()),
              row.low() == null
                  ? "-"
                  : number("%+.3f", row.low()) + " to " + number("%+.3f", row.high()),
              number("%.2f", row.power()),
              row.seedsNeeded() == null ? "-" : String.valueOf(row.seedsNeeded()),
              row.finding().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + (row.low() == null ? ": " + row.why() : "")));
    }
    return table.lines();
  }

  private static String number(String format, @Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, format, value);
  }
}
