package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.KeyType;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The runs of an experiment's file: every method with every point of the axes and every seed. */
public final class Runs {
  private static final int MOST = 10_000;

  private Runs() {}

  /**
   * The runs, method by method, for each the points of the axes, for each the seeds.
   *
   * @param overrides one that no run follows is an error, as a method or an axis hides it
   */
  public static List<PlannedRun> of(ExperimentFile file, Overrides overrides) {
    List<Settings> points = Axis.product(file.axes());
    long count = (long) file.methods().size() * points.size() * file.seeds().size();
    if (count > MOST) {
      throw new SpecException(
          file.where() + ": methods, axes and seeds make " + count + " runs, at most " + MOST);
    }
    Settings body = file.body().over(Presets.defaults());
    List<Draft> drafts = new ArrayList<>();
    for (MethodEntry method : file.methods()) {
      for (Settings point : points) {
        Settings settings = point.over(method.pins()).over(body);
        RunSpec first = bind(file.where(), method, settings, file.seeds().get(0));
        for (long seed : file.seeds()) {
          drafts.add(new Draft(method.label(), point, settings, withSeed(first, seed)));
        }
      }
    }
    refuseHidden(overrides.body(), file, drafts);
    return named(drafts);
  }

  private static RunSpec bind(String where, MethodEntry method, Settings settings, long seed) {
    try {
      RunSpec spec = spec(settings, seed);
      CrossChecks.check(spec);
      return spec;
    } catch (SpecException e) {
      throw new SpecException(where + ", method " + method.label() + ": " + e.getMessage());
    }
  }

  private static RunSpec withSeed(RunSpec run, long seed) {
    return new RunSpec(
        seed,
        run.data(),
        run.model(),
        run.training(),
        run.pruning(),
        run.particles(),
        run.nextCycle(),
        run.evaluation());
  }

  private static void refuseHidden(Settings overrides, ExperimentFile file, List<Draft> drafts) {
    for (Map.Entry<String, JsonNode> override : overrides.values().entrySet()) {
      String key = override.getKey();
      if (drafts.stream().noneMatch(run -> run.settings.has(key, override.getValue()))) {
        refuseOutOfRange(key, override.getValue(), drafts.get(0).settings);
        boolean swept = file.axes().stream().anyMatch(axis -> axis.key().equals(key));
        throw new SpecException(
            "override "
                + key
                + "="
                + KeyType.inWords(override.getValue())
                + " changes no run: "
                + (swept
                    ? "the key is an axis; set axes." + key
                    : "every method pins the key; set methods."
                        + file.methods().get(0).label()
                        + "."
                        + key));
      }
    }
  }

  /** What no run could follow is said before that no run follows it. */
  private static void refuseOutOfRange(String key, JsonNode value, Settings others) {
    try {
      spec(new Settings(Map.of(key, value)).over(others), 0);
    } catch (SpecException e) {
      throw new SpecException(
          "override " + key + "=" + KeyType.inWords(value) + ": " + e.getMessage());
    }
  }

  private static RunSpec spec(Settings settings, long seed) {
    ObjectNode tree = settings.tree().put("seed", seed);
    tree.withObject("/data").put("digest", "");
    return CanonicalJson.bind(tree, RunSpec.class);
  }

  private static List<PlannedRun> named(List<Draft> drafts) {
    List<String> names = RunNames.fileNames(drafts.stream().map(Draft::rawName).toList());
    List<PlannedRun> runs = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      String variant = RunNames.variant(draft.point, ",");
      runs.add(new PlannedRun(names.get(i), draft.method, variant, draft.spec));
    }
    return List.copyOf(runs);
  }

  private record Draft(String method, Settings point, Settings settings, RunSpec spec) {
    String rawName() {
      return RunNames.raw(method, point, spec.seed());
    }
  }
}
