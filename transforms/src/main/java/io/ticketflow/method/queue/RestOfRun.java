package io.ticketflow.method.queue;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.model.Flops;
import io.ticketflow.settings.Remembered;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;

/** How long runs take from a cycle on, beside one another on one kind of machine. */
final class RestOfRun {
  /** What engine java needs for a network without weights, over what it needs for a dense one. */
  private static final double FLOOR = 0.1;

  private static final long WHOLE = 1_000_000;

  private static final Remembered<RunSpec, double[]> KNOWN =
      new Remembered<>(4096, RestOfRun::byCycle);

  private static final Remembered<Subject, Double> EPOCHS = new Remembered<>(256, Subject::epoch);

  /** What an epoch's work depends on. */
  private record Subject(DataSpec data, ModelSpec model) {
    private double epoch() {
      Networks networks = Networks.of(data, model);
      return (double) networks.data().train().count() * Flops.dense(networks.graph());
    }
  }

  private RestOfRun() {}

  /**
   * Operations of the forward passes of a run's trainings from a cycle to its last, in the engine's
   * own measure: engine torch computes pruned weights too, engine java a tenth and its share of the
   * rest (fitted to LeNet-300-100's figures in {@code runners/bench/README.md}).
   *
   * @return at least 0
   */
  static double from(RunSpec spec, int cycle) {
    double[] rest = KNOWN.of(spec);
    return cycle < rest.length ? rest[cycle] : 0;
  }

  private static double[] byCycle(RunSpec spec) {
    double epoch = EPOCHS.of(new Subject(spec.data(), spec.model()));
    ParticleTrainings trainings = new ParticleTrainings(spec);
    double[] rest = new double[spec.lastCycle() + 1];
    double sum = 0;
    for (int cycle = spec.lastCycle(); cycle >= 0; cycle--) {
      if (cycle >= spec.firstCycle()) {
        double share = share(spec, cycle);
        for (int particle = 0; particle < spec.particlesIn(cycle); particle++) {
          sum += trainings.of(cycle, particle).passes() * share * epoch;
        }
      }
      rest[cycle] = sum;
    }
    return rest;
  }

  private static double share(RunSpec spec, int cycle) {
    double density = (double) spec.keptIn(cycle, WHOLE) / WHOLE;
    return spec.training().engine() == EngineName.JAVA ? FLOOR + (1 - FLOOR) * density : 1;
  }
}
