package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.settings.KeyType;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of an experiment's file: every method with every point of the axes and every seed. */
public final class Runs {
  private Runs() {}

  /**
   * The runs, method by method, for each the points of the axes, for each the seeds.
   *
   * @param overrides one that no run follows is an error, as a method or an axis hides it
   */
  public static List<PlannedRun> of(ExperimentFile file, Overrides overrides) {
    List<Inputs.Input> inputs = Inputs.of(file.where(), file.input());
    if (!inputs.isEmpty()) {
      return InputRuns.of(file, inputs);
    }
    List<Settings> points = file.points().all();
    long count = (long) file.methods().size() * points.size() * file.seeds().size();
    if (count > file.maxRuns()) {
      throw UserException.of(
          "%s: methods, points of the sweep and seeds make %s runs, more than maxRuns: %s; if you"
              + " mean it, set maxRuns",
          file.where(), count, file.maxRuns());
    }
    Settings body = file.body().settings().over(Settings.defaults());
    List<Draft> drafts = new ArrayList<>();
    for (MethodEntry method : file.methods()) {
      for (Settings point : points) {
        Settings settings = point.over(method.pins()).over(body);
        RunSpec spec = bind(file.where(), method, settings, file.seeds().get(0));
        for (long seed : file.seeds()) {
          drafts.add(new Draft(method.label(), point, settings, spec.withSeed(seed)));
        }
      }
    }
    refuseHidden(overrides.body(), file, drafts);
    List<PlannedRun> runs = named(matched(file, drafts));
    Controls.check(file.where(), runs);
    return runs;
  }

  /** Under a budget: as many passes for each method at a point of the axes. */
  private static List<Draft> matched(ExperimentFile file, List<Draft> drafts) {
    if (file.budget().equals(Budget.OWN)) {
      return drafts;
    }
    List<Draft> matched = new ArrayList<>();
    for (Draft draft : drafts) {
      long passes =
          file.budget()
              .passes(
                  drafts.stream()
                      .filter(other -> other.point.equals(draft.point))
                      .map(Draft::spec)
                      .toList());
      try {
        RunSpec spec = draft.spec.withBudget(passes);
        long all = new ParticleTrainings(spec).passes();
        if (all > passes) {
          throw UserException.of("budget must be more than %s for its trainings", passes);
        }
        matched.add(new Draft(draft.method, draft.point, draft.settings, spec));
      } catch (UserException e) {
        throw UserException.of("%s, method %s: %s", file.where(), draft.method, e.getMessage());
      }
    }
    return matched;
  }

  private static RunSpec bind(String where, MethodEntry method, Settings settings, long seed) {
    try {
      return CrossChecks.checked(settings.run(seed));
    } catch (UserException e) {
      throw UserException.of("%s, method %s: %s", where, method.label(), e.getMessage());
    }
  }

  private static void refuseHidden(Settings overrides, ExperimentFile file, List<Draft> drafts) {
    for (Map.Entry<String, JsonNode> override : overrides.values().entrySet()) {
      String key = override.getKey();
      if (drafts.stream().noneMatch(run -> run.settings.has(key, override.getValue()))) {
        refuseOutOfRange(key, override.getValue(), drafts.get(0).settings);
        boolean swept = file.points().axes().stream().anyMatch(axis -> axis.key().equals(key));
        throw UserException.of(
            "override %s=%s changes no run: %s",
            key,
            KeyType.inWords(override.getValue()),
            swept
                ? "the key is swept; set axes." + key
                : "every method pins the key; set methods."
                    + file.methods().get(0).label()
                    + "."
                    + key);
      }
    }
  }

  /** What no run could follow is said before that no run follows it. */
  private static void refuseOutOfRange(String key, JsonNode value, Settings others) {
    try {
      RunSpec unused = new Settings(Map.of(key, value)).over(others).run(0);
    } catch (UserException e) {
      throw UserException.of("override %s=%s: %s", key, KeyType.inWords(value), e.getMessage());
    }
  }

  private static List<PlannedRun> named(List<Draft> drafts) {
    List<String> names = RunNames.fileNames(drafts.stream().map(Draft::rawName).toList());
    List<PlannedRun> runs = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      String variant = RunNames.variant(draft.point, ",");
      long seed = draft.spec.seed();
      int members = draft.spec.members();
      for (int member = 0; member < members; member++) {
        boolean one = members == 1;
        runs.add(
            new PlannedRun(
                one ? names.get(i) : names.get(i) + "-member" + member,
                draft.method,
                variant,
                seed,
                draft.spec.withSeed(memberSeed(seed, member)),
                one ? Optional.empty() : Optional.of(names.get(i)),
                member,
                Optional.empty()));
      }
    }
    return List.copyOf(runs);
  }

  /** The first member is the run that IMP with this seed is; the others are independent of it. */
  private static long memberSeed(long seed, int member) {
    return member == 0 ? seed : KeyedRandom.of(seed, "member", member).nextLong() >>> 1;
  }

  private record Draft(String method, Settings point, Settings settings, RunSpec spec) {
    String rawName() {
      return RunNames.raw(method, point, spec.seed());
    }
  }
}
