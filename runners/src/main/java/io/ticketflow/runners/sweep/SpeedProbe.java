package io.ticketflow.runners.sweep;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
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
import java.util.stream.IntStream;

/** How fast one trainer is on this machine, found by a few steps of it. */
public final class SpeedProbe {
  private static final double ENOUGH_SECONDS = 0.4;
  private static final double COMPILING_SECONDS = 2.5;
  private static final int MOST_BATCHES = 16;

  private final Workplace place;

  /** A trainer on one of that worker's devices. */
  public SpeedProbe(Workplace place) {
    this.place = place;
  }

  /**
   * Training images that pass in a second, by steps of half a second or by one that takes longer,
   * after as many to warm up. An image that SAM passes through twice counts twice.
   */
  public double imagesPerSecond(RunSpec spec) {
    double rate = rate(spec, 1);
    if (spec.training().engine() == EngineName.JAVA) {
      rate = compiled(spec, rate);
    }
    double enough = ENOUGH_SECONDS * rate / spec.training().batchSize();
    int batches = (int) Math.ceil(Math.min(enough, MOST_BATCHES));
    return batches > 1 ? rate(spec, batches) : rate;
  }

  /** The rate when the JVM has compiled the loops: it does so after a second or two of them. */
  private double compiled(RunSpec spec, double first) {
    long start = System.nanoTime();
    double best = first;
    while (System.nanoTime() - start < COMPILING_SECONDS * 1e9) {
      best = Math.max(best, rate(spec, 2));
    }
    return best;
  }

  /** Of the second epoch over so many batches: the first one warms up. */
  private double rate(RunSpec spec, int batches) {
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
                        2,
                        Initialisation.draw(graph, spec.model().initialisation(), spec.seed()),
                        spec.data(),
                        new DrawKey(spec.seed(), 0, 0)),
                    part,
                    (point, rate) -> rates.add(rate)));
    return rates.get(1);
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
