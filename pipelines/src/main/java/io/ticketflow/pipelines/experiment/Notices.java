package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.points.Axis;
import io.ticketflow.pipelines.points.Points;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a user should know of an experiment before it is trained: settings that do nothing in every
 * run that has them. A setting counts if its value is not the default.
 */
public final class Notices {
  /**
   * One setting.
   *
   * @param method the method that sets it in its entry; empty if the experiment's body or an axis
   *     does
   */
  private record Setting(String key, Optional<String> method) {}

  /** What became of a setting: the methods that have it, and what they make of it. */
  private static final class Fate {
    final Set<String> methods = new LinkedHashSet<>();
    String value = "";
    Optional<String> does = Optional.empty();
    boolean acts;
  }

  private final Map<String, JsonNode> defaults = Settings.defaults().values();
  private final Map<Setting, Fate> fates = new LinkedHashMap<>();
  private final Map<RunSpec, Map<String, String>> idle = new HashMap<>();

  private Notices() {}

  /**
   * A sentence a setting, in the order of runs.
   *
   * @param resolved the experiment with nothing left open
   * @param runs its runs; their data must be readable
   */
  public static List<String> of(JsonNode resolved, List<PlannedRun> runs) {
    if (runs.stream().anyMatch(run -> run.input().isPresent())) {
      return List.of(); // only pools' keys count, and others are refused
    }
    Notices notices = new Notices();
    ObjectNode body = resolved.deepCopy();
    body.remove(ExperimentFile.HEAD_KEYS).remove(ExperimentFile.RESOLVED);
    String where = StoredExperiment.FILE;
    Settings settings = Settings.of(where, body, List.of());
    List<MethodEntry> methods = MethodEntry.listOf(where, resolved.path("methods"));
    List<Axis> axes = Points.of(where, resolved.path("axes"), resolved.path("sweep")).axes();
    for (PlannedRun run : runs) {
      for (MethodEntry method : methods) {
        if (method.label().equals(run.method())) {
          notices.add(run, method, settings, axes);
        }
      }
    }
    List<String> lines = notices.lines();
    notices.hidden(settings).ifPresent(lines::add);
    if (!resolved.path("budget").isMissingNode() && runs.stream().allMatch(Notices::isNatural)) {
      lines.add("Notice: budget has no effect, as each run trains as long without it.");
    }
    return lines;
  }

  private void add(PlannedRun run, MethodEntry method, Settings body, List<Axis> axes) {
    Map<String, String> said =
        idle.computeIfAbsent(run.spec().withSeed(0), spec -> IdleSettings.of(spec));
    Set<String> swept = new LinkedHashSet<>();
    for (Axis axis : axes) {
      swept.add(axis.key());
      note(new Setting(axis.key(), Optional.empty()), axis.values().toString(), run, said);
    }
    method
        .pins()
        .values()
        .forEach(
            (key, value) -> {
              if (swept.add(key) && !value.equals(defaults.get(key))) {
                note(new Setting(key, Optional.of(method.label())), text(value), run, said);
              }
            });
    body.values()
        .forEach(
            (key, value) -> {
              if (swept.add(key) && !value.equals(defaults.get(key))) {
                note(new Setting(key, Optional.empty()), text(value), run, said);
              }
            });
  }

  private void note(Setting setting, String value, PlannedRun run, Map<String, String> said) {
    Fate fate = fates.computeIfAbsent(setting, s -> new Fate());
    fate.methods.add(run.method());
    fate.value = value;
    Optional<String> does = Optional.ofNullable(said.get(setting.key()));
    fate.acts |= does.isEmpty();
    fate.does = fate.does.or(() -> does);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    fates.forEach(
        (setting, fate) -> {
          if (!fate.acts) {
            lines.add(
                String.format(
                    Locale.ROOT,
                    "Notice: %s %s: %s=%s %s.",
                    fate.methods.size() == 1 ? "method" : "methods",
                    String.join(", ", fate.methods),
                    setting.key(),
                    fate.value,
                    fate.does.orElse("")));
          }
        });
    return lines;
  }

  /** What the body sets in vain, as each method or an axis has a value of its own. */
  private Optional<String> hidden(Settings body) {
    List<String> keys =
        body.values().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(defaults.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .filter(key -> !fates.containsKey(new Setting(key, Optional.empty())))
            .toList();
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Notice: the experiment's %s %s no effect, as every method has a value of its own.",
                String.join(", ", keys),
                keys.size() == 1 ? "has" : "have"));
  }

  private static boolean isNatural(PlannedRun run) {
    RunSpec spec = run.spec();
    ParticleTrainings budgeted = new ParticleTrainings(spec);
    ParticleTrainings own = new ParticleTrainings(spec.withBudget(0));
    for (int cycle = spec.firstCycle(); cycle <= spec.lastCycle(); cycle++) {
      for (int particle = 0; particle < spec.particlesIn(cycle); particle++) {
        if (!budgeted.of(cycle, particle).equals(own.of(cycle, particle))) {
          return false;
        }
      }
    }
    return true;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
