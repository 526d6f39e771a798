package io.ticketflow.pipelines.experiment;

import io.ticketflow.settings.Settings;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs of an experiment that takes an earlier output's solutions, to pool them, or their
 * particles, to merge them by another rule.
 */
final class InputRuns {
  private InputRuns() {}

  /**
   * A run for each method and each run of the input: of the method its pool counts, or where it has
   * none its rule of merging, of the input all else. Runs of one particle have nothing to merge.
   *
   * @throws UserException if the file sets what has no meaning where nothing is trained
   */
  static List<PlannedRun> of(ExperimentFile file, List<Inputs.Input> inputs) {
    refuseTraining(file);
    List<String> raws = new ArrayList<>();
    List<PlannedRun> runs = new ArrayList<>();
    for (MethodEntry method : file.methods()) {
      Settings settings = method.pins().over(file.body().settings()).over(Settings.defaults());
      RunSpec own = settings.run(0);
      PoolSpec pool = own.pool();
      String start = file.where() + ", method " + method.label() + ": ";
      List<Inputs.Input> fitting =
          pool.isNone() ? inputs.stream().filter(InputRuns::hasParticles).toList() : inputs;
      if (fitting.isEmpty()) {
        throw new UserException(
            start
                + "with an input nothing is trained, and no run of this one has several particles"
                + " that could be merged; only methods that pool solutions have work");
      }
      for (Inputs.Input input : fitting) {
        RunSpec spec =
            pool.isNone()
                ? input.spec().withPool(pool).withMerge(own.merge(), own.merging())
                : input.spec().withPool(pool);
        try {
          check(spec);
        } catch (UserException e) {
          throw UserException.of("%srun %s: %s", start, input.record().getRun(), e.getMessage());
        }
        raws.add(method.label() + "-" + input.record().getRun());
        runs.add(run(method, input, spec));
      }
      if (pool.joined()) {
        refuseMixtures(start, inputs);
      }
    }
    List<String> names = RunNames.fileNames(raws);
    List<PlannedRun> named = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      PlannedRun run = runs.get(i);
      named.add(
          new PlannedRun(
              names.get(i),
              run.method(),
              run.variant(),
              run.seed(),
              run.spec(),
              Optional.empty(),
              0,
              run.input()));
    }
    return List.copyOf(named);
  }

  private static boolean hasParticles(Inputs.Input input) {
    return input.spec().particles().stream().anyMatch(count -> count > 1);
  }

  private static void check(RunSpec spec) {
    if (!spec.pool().isNone()) {
      PoolChecks.check(spec);
    } else if (spec.merge().validates() && spec.data().validation() == 0) {
      throw new UserException(
          "merge chooses by validation; data.validation must be above 0, and is 0 there");
    }
  }

  private static PlannedRun run(MethodEntry method, Inputs.Input input, RunSpec spec) {
    String variant =
        String.join(
            ",",
            Stream.of(input.method(), input.variant()).filter(text -> !text.isEmpty()).toList());
    return new PlannedRun(
        "",
        method.label(),
        variant,
        input.seed(),
        spec,
        Optional.empty(),
        0,
        Optional.of(input.record()));
  }

  private static void refuseTraining(ExperimentFile file) {
    Optional<String> other =
        file.body().settings().values().keySet().stream().filter(key -> !counts(key)).findFirst();
    if (other.isPresent()) {
      throw UserException.of(
          "%s: %s has no meaning with an input, whose runs are trained already; only the keys of"
              + " pool and merging, and merge, count",
          file.where(), other.get());
    }
    if (!file.points().axes().isEmpty()) {
      throw new UserException(file.where() + ": axes have no meaning with an input");
    }
  }

  private static boolean counts(String key) {
    return key.startsWith("pool.") || key.equals("merge") || key.startsWith("merging.");
  }

  /** Networks of one pool are interpolated: they must be of one model, and see one data set. */
  private static void refuseMixtures(String start, List<Inputs.Input> inputs) {
    Map<Long, Inputs.Input> first = new HashMap<>();
    for (Inputs.Input input : inputs) {
      Inputs.Input other = first.computeIfAbsent(input.seed(), seed -> input);
      boolean models =
          !other.spec().model().withoutLocation().equals(input.spec().model().withoutLocation());
      if (models || !other.spec().data().digest().equals(input.spec().data().digest())) {
        throw UserException.of(
            "%sa pool over runs of different %s has no meaning: %s and %s",
            start, models ? "models" : "data", other.record().getRun(), input.record().getRun());
      }
    }
  }
}
