package io.ticketflow.runners.sweep;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.DecoupledSpec;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** How fast one trainer is on this machine, found by a few steps of it. */
public final class SpeedProbe {
  private static final double ENOUGH_SECONDS = 0.3;
  private static final double LONG_STEP_SECONDS = 0.1;
  private static final double COMPILING_SECONDS = 2.5;
  private static final int MOST_BATCHES = 16;

  private final Workplace place;
  private final Set<List<Object>> warm = ConcurrentHashMap.newKeySet();

  /** A trainer on one of that worker's devices. */
  public SpeedProbe(Workplace place) {
    this.place = place;
  }

  /**
   * Training images that pass in a second, by steps of a third of a second or by one that takes
   * longer, once warm. An image that SAM passes through twice counts twice.
   */
  public double imagesPerSecond(RunSpec spec) {
    warmUp(spec);
    double rate = rate(spec, 1, 1);
    double steps = rate / spec.training().batchSize();
    int batches = (int) Math.ceil(Math.min(ENOUGH_SECONDS * steps, MOST_BATCHES));
    if (batches == 1) {
      return rate;
    }
    // Beside short steps what a training begins with counts: only its second epoch is looked at.
    return rate(spec, steps * LONG_STEP_SECONDS < 1 ? 1 : 2, batches);
  }

  /**
   * Takes the steps before which the speed is not itself, unless they were taken: an engine is
   * loaded, memory is laid out, and the JVM compiles the loops of engine java, which takes it a
   * second or two of them.
   */
  void warmUp(RunSpec spec) {
    if (!warm.add(decisive(spec))) {
      return;
    }
    long start = System.nanoTime();
    double unused = rate(spec, 1, 1);
    while (spec.training().engine() == EngineName.JAVA
        && System.nanoTime() - start < COMPILING_SECONDS * 1e9) {
      unused = rate(spec, 2, 2);
    }
  }

  /** What a speed depends on beside machine and devices. */
  static List<Object> decisive(RunSpec spec) {
    DataSpec data = spec.data();
    return List.of(
        spec.model(),
        Datasets.shape(data),
        Math.min(Datasets.load(data).train().count(), spec.training().batchSize()),
        data.crop(),
        data.flip(),
        data.border(),
        data.alternating(),
        unmeasured(spec.training()));
  }

  /** Of the last of so many epochs over so many batches. */
  private double rate(RunSpec spec, int epochs, int batches) {
    DataSplits data = Datasets.load(spec.data());
    int images = Math.min(data.train().count(), batches * spec.training().batchSize());
    Images few = data.train().select(IntStream.range(0, images).toArray());
    DataSplits part =
        new DataSplits(few, few.select(new int[0]), data.test(), data.mean(), data.std());
    ModelGraph graph =
        ModelZoo.build(spec.model(), few.channels(), few.height(), few.width(), few.classes());
    List<Double> rates = new ArrayList<>();
    place.onDevice(
        spec.training().engine(),
        device ->
            place
                .calculator(spec, device)
                .trainer()
                .train(
                    TrainingJob.dense(
                        graph,
                        unmeasured(spec.training()),
                        epochs,
                        Initialisation.draw(graph, spec.model().initialisation(), spec.seed()),
                        spec.data(),
                        new DrawKey(spec.seed(), 0, 0)),
                    part,
                    (point, rate) -> rates.add(rate)));
    return rates.get(epochs - 1);
  }

  /** The same steps at a rate at which nothing diverges, without measures in between. */
  static TrainingSpec unmeasured(TrainingSpec training) {
    OptimiserSpec optimiser = training.optimiser().ofOnePass();
    return new TrainingSpec(
        2,
        0,
        0,
        training.batchSize(),
        training.labelSmoothing(),
        0,
        optimiser,
        new ScheduleSpec(ScheduleSpec.Name.CONSTANT, 1e-6, List.of(), 1, 0, 0),
        SwaSpec.NONE,
        SparsifierSpec.NONE,
        training.engine(),
        DecoupledSpec.NONE,
        0,
        training.normalisation());
  }
}
