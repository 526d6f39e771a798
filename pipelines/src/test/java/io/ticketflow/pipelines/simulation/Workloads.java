package io.ticketflow.pipelines.simulation;

import io.ticketflow.pipelines.simulation.Stage.Phase;
import java.util.ArrayList;
import java.util.List;

/** Workloads of trainings of given lengths, and what they are simulated on. */
final class Workloads {
  static final Beside NOTHING = new Beside(0, 0, 0);

  private Workloads() {}

  /** A run; each array is a cycle, each number the seconds of a training. */
  static List<Stage> run(String name, double[]... cycles) {
    List<Stage> stages = new ArrayList<>();
    for (int cycle = 0; cycle < cycles.length; cycle++) {
      List<Work> works = new ArrayList<>();
      for (int i = 0; i < cycles[cycle].length; i++) {
        works.add(training(name + "/" + cycle + "/" + i, cycles[cycle][i]));
      }
      stages.add(new Stage(cycle, Phase.PARTICLES, works));
    }
    return stages;
  }

  static Work training(String key, double seconds) {
    return new Work(key, seconds, 1, true, Double.POSITIVE_INFINITY);
  }

  static Scenario scenario(int slots, Dispatch dispatch, Barrier barrier, Beside beside) {
    return new Scenario(slots, dispatch, barrier, Failures.NONE, Straggler.NONE, beside, 1);
  }

  static Scenario scenario(int slots, Dispatch dispatch) {
    return scenario(slots, dispatch, Barrier.CYCLE, NOTHING);
  }

  static double makespan(List<List<Stage>> runs, Scenario scenario) {
    return Simulation.of(runs, scenario).makespan();
  }
}
