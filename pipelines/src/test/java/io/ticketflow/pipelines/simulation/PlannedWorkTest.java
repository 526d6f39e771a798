package io.ticketflow.pipelines.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.simulation.Stage.Phase;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.PlannedAction.Made;
import io.ticketflow.work.PlannedAction.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A plan's actions, as works in stages. */
class PlannedWorkTest {
  private static PlannedAction action(
      String kind, String key, String run, int cycle, @Nullable Integer particle, State state) {
    boolean trains = kind.equals("particle") || kind.equals("matching-ticket");
    return new PlannedAction(
        kind, key, run, cycle, particle, state, trains ? 4 : 0, trains ? 400 : 0, Made.NOTHING);
  }

  /** Forty seconds a training, a second any other action. */
  private static double seconds(PlannedAction action) {
    return action.trains() ? 40 : 1;
  }

  private static List<List<Stage>> stages(CheckpointPolicy policy, PlannedAction... actions) {
    return PlannedWork.of(new Plan(List.of(actions)), PlannedWorkTest::seconds, policy);
  }

  @Test
  void cyclesAreStagesAndAParticleIsOneWork() {
    List<List<Stage>> runs =
        stages(
            new CheckpointPolicy(1, 0),
            action("matching-ticket", "t", "a", 0, null, State.TO_RUN),
            action("particle", "p0", "a", 0, 0, State.TO_RUN),
            action("evaluate", "e0", "a", 0, 0, State.TO_RUN),
            action("particle", "p1", "a", 0, 1, State.CACHED),
            action("evaluate", "e1", "a", 0, 1, State.CACHED),
            action("average", "m", "a", 0, null, State.TO_RUN),
            action("evaluate", "em", "a", 0, null, State.TO_RUN),
            action("prune", "x", "a", 1, null, State.TO_RUN),
            action("particle", "q0", "a", 1, 0, State.TO_RUN),
            action("diversity", "d", "a", 0, null, State.TO_RUN));
    assertThat(runs)
        .containsExactly(
            List.of(
                new Stage(0, Phase.BEFORE, List.of(new Work("t", 40, 1, true, 10))),
                new Stage(0, Phase.PARTICLES, List.of(new Work("p0", 41, 2, true, 10))),
                new Stage(
                    0, Phase.AFTER, List.of(new Work("m", 3, 3, false, Double.POSITIVE_INFINITY))),
                new Stage(1, Phase.PARTICLES, List.of(new Work("q0", 40, 1, true, 10))),
                new Stage(
                    Integer.MAX_VALUE,
                    Phase.AFTER,
                    List.of(new Work("d", 1, 1, false, Double.POSITIVE_INFINITY)))));
  }

  @Test
  void whatRunsShareIsOneWork() {
    List<List<Stage>> runs =
        stages(
            new CheckpointPolicy(1, 0),
            action("particle", "p", "a", 0, 0, State.TO_RUN),
            action("particle", "p", "b", 0, 0, State.SHARED),
            action("prune", "x", "b", 1, null, State.TO_RUN));
    assertThat(runs.get(1).get(0)).isEqualTo(runs.get(0).get(0));
    Forecast forecast = Simulation.of(runs, Workloads.scenario(4, Dispatch.DEALT));
    assertThat(forecast.makespan()).isEqualTo(41);
    assertThat(forecast.busySeconds()).isEqualTo(41);
  }

  @Test
  void checkpointsComeAtTheLongerOfBothSpans() {
    PlannedAction training = action("particle", "p", "a", 0, 0, State.TO_RUN); // 10 s an epoch
    assertThat(interval(new CheckpointPolicy(1, 0.5), training)).isEqualTo(30);
    assertThat(interval(new CheckpointPolicy(2, 0.5), training)).isEqualTo(40);
    assertThat(interval(new CheckpointPolicy(1, 0.6), training)).isEqualTo(40);
    assertThat(interval(new CheckpointPolicy(0, 0.5), training)).isInfinite();
    assertThat(new Work("w", 100, 1, true, 30).kept(89)).isEqualTo(60);
    assertThat(new Work("w", 100, 1, true, 30).kept(90)).isEqualTo(90);
  }

  private static double interval(CheckpointPolicy policy, PlannedAction training) {
    return stages(policy, training).get(0).get(0).works().get(0).checkpointSeconds();
  }
}
