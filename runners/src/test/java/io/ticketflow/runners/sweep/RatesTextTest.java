package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.pipelines.Experiment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of learning rates in the README of experiments are what {@code --rates} prints. */
class RatesTextTest {
  private static final Pattern ROW = Pattern.compile("([a-z-]+)((?: +[0-9]*\\.?[0-9]+)+)(?:  .*)?");
  private static final Set<String> SCHEDULES =
      Set.of("constant", "multi-step", "cosine", "linear", "one-cycle");
  private static final Set<String> RULES = Set.of("lrw", "full", "ft", "slr", "clr", "llr", "allr");

  @TempDir Path folder;

  @Test
  void theReadmesTablesAreWhatIsTrained() throws IOException {
    Set<String> seen = new TreeSet<>();
    String training = "";
    for (String line : Files.readAllLines(Path.of("../conf/README.md"))) {
      training = line.startsWith("training: {") ? line : training;
      Matcher row = ROW.matcher(line);
      if (!line.contains("|") && row.matches()) {
        String name = row.group(1);
        boolean schedule = SCHEDULES.contains(name);
        if (schedule || RULES.contains(name)) {
          seen.add(name);
          compare(name, row.group(2).strip().split(" +"), rates(training, name, schedule));
        }
      }
    }
    Set<String> all = new TreeSet<>(SCHEDULES);
    all.addAll(RULES);
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void aTicketOfAConstantRateIsShownAtIt() throws IOException {
    Path file = folder.resolve("ticket.yaml");
    Files.writeString(
        file,
        """
        methods: [imp]
        pruning.cycles: 0
        training: {epochs: 4, rewindEpochs: 2, rewindLearningRate: 0.8}
        """);
    assertThat(RatesText.of(Experiment.load(file, List.of()), "imp-seed1"))
        .containsExactly(
            "matching ticket: epochs 1 to 2: 0.8 0.8", "cycle 0: epochs 3 to 4: 0.1 0.1");
  }

  private static void compare(String name, String[] shown, List<Double> rates) {
    assertThat(shown).as(name).hasSameSizeAs(rates);
    for (int i = 0; i < shown.length; i++) {
      BigDecimal number = new BigDecimal(shown[i]);
      double half = 0.5 * Math.pow(10, -number.scale());
      assertThat(rates.get(i))
          .as(name + " " + i)
          .isCloseTo(number.doubleValue(), within(shown[i].equals("0") ? 1e-4 : 1.001 * half));
    }
  }

  /** Of the last cycle. */
  private List<Double> rates(String training, String name, boolean schedule) throws IOException {
    boolean rewinds = schedule || name.equals("lrw") || name.equals("full");
    String own =
        schedule
            ? "training.schedule.name: " + name
            : "nextCycle: {weights: "
                + (rewinds ? "rewind" : "averaged")
                + ", schedule: "
                + name
                + "}";
    Path file = folder.resolve("rates.yaml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "methods: [{method: imp, as: " + name + ", " + own + "}]",
            "data: {train: 200, test: 50}",
            "pruning.cycles: 1",
            training));
    List<String> text = RatesText.of(Experiment.load(file, List.of()), name + "-seed1");
    String last = text.get(text.size() - 1);
    return List.of(last.substring(last.lastIndexOf(": ") + 2).split(" ")).stream()
        .map(Double::valueOf)
        .toList();
  }
}
