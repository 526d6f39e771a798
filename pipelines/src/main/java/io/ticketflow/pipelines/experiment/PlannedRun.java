package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import java.util.Optional;

/**
 * One run of an experiment: a method with a seed and a point on each axis.
 *
 * @param run unique in the experiment, and usable as a file name
 * @param method label of the experiment's entry
 * @param variant the axes at this run, as key=value joined by commas; empty without axes
 * @param seed of the experiment's list; a member of an ensemble draws by one of its own
 * @param ensemble the ensemble that it is a member of, by the name that its results have
 * @param member its place there, from 0
 * @param input the finished run whose solutions it takes in place of trainings
 */
public record PlannedRun(
    String run,
    String method,
    String variant,
    long seed,
    RunSpec spec,
    Optional<String> ensemble,
    int member,
    Optional<InputRecord> input) {
  /**
   * A run as the resolved experiment of an output has it; whether it belongs to an ensemble or
   * takes an input is not told there.
   *
   * @throws io.ticketflow.spec.UserException if another version wrote it
   */
  public static PlannedRun stored(JsonNode run) {
    RunSpec spec = CanonicalJson.bind(run.path("spec"), RunSpec.class);
    return new PlannedRun(
        run.path("run").asText(),
        run.path("method").asText(),
        run.path("variant").asText(),
        run.has("seed") ? run.path("seed").asLong() : spec.seed(),
        spec,
        Optional.empty(),
        0,
        Optional.empty());
  }

  /** The same run as another specification has it. */
  public PlannedRun with(RunSpec other) {
    return new PlannedRun(run, method, variant, seed, other, ensemble, member, input);
  }
}
