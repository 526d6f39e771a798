package io.ticketflow.learn.train;

import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.sparsify.MaskTimes;
import io.ticketflow.learn.sparsify.Sparsifier;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.LookAheadSpec;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Copies of a network in training, each trained on for a few steps in a way of its own, and thrown
 * away: the training itself goes on as if they had not been. A copy begins with fresh moments, as
 * in the code of Jaiswal et al. 2023; its images come in an order of its own, so of few steps it
 * sees a random subset. One whose weights become infinite ends the training, as the training's own
 * would.
 */
final class LookAhead {
  private final EngineFactory engines;
  private final TrainingJob job;
  private final DataSplits data;
  private final Sparsifier rule;
  private final LookAheadSpec spec;
  private final Batches batches;
  private final BatchDraws draws;

  LookAhead(EngineFactory engines, TrainingJob job, DataSplits data, Sparsifier rule) {
    this.engines = engines;
    this.job = job;
    this.data = data;
    this.rule = rule;
    spec = job.training().sparsifier().lookAhead();
    batches = job.batches(data.train());
    draws = new BatchDraws(job);
  }

  /**
   * How one copy is trained.
   *
   * @param rate factor of the training's rate
   * @param decay factor of the training's weight decay
   */
  private record Way(DrawKey draws, int steps, double rate, double decay) {
    static Way of(LookAheadSpec spec, DrawKey draws) {
      KeyedRandom drawn = draws.protocol();
      int steps = spec.minSteps() + drawn.nextInt(spec.maxSteps() - spec.minSteps() + 1);
      return new Way(draws, steps, factor(spec, drawn), factor(spec, drawn));
    }

    private static double factor(LookAheadSpec spec, KeyedRandom drawn) {
      return StrictMath.pow(spec.spread(), 2 * drawn.nextDouble() - 1);
    }
  }

  /**
   * The weights that copies have come to, in the order of {@link Engine#moved}.
   *
   * @param step before which they begin
   * @param masks of the step before; copies keep them
   * @param learningRate the training's
   */
  List<float[]> from(long step, Engine engine, Masks masks, double learningRate) {
    TensorSet network = engine.tensors(engine.moved());
    return IntStream.range(0, rule.copies())
        .mapToObj(copy -> train(way(step, copy), network, masks, learningRate))
        .toList();
  }

  /**
   * Images that copies were trained on in all of the training, as {@link TrainedNetwork} counts.
   */
  long images() {
    return LongStream.rangeClosed(0, (long) job.plan().epochs() * batches.count())
            .filter(step -> rule.when(step) != MaskTimes.When.NEVER)
            .flatMap(
                step ->
                    IntStream.range(0, rule.copies())
                        .mapToLong(copy -> images(way(step, copy).steps())))
            .sum()
        * job.training().optimiser().passes();
  }

  private long images(int steps) {
    int rest = steps % batches.count();
    return (long) (steps / batches.count()) * batches.images() + batches.from(rest);
  }

  private Way way(long step, int copy) {
    return Way.of(spec, job.draws().ahead(step, copy));
  }

  private float[] train(Way way, TensorSet network, Masks masks, double learningRate) {
    TrainingJob own =
        new TrainingJob(
            job.graph(),
            job.plan().withDecayTimes(way.decay),
            job.hurt(),
            network,
            masks,
            job.kept(),
            job.scope(),
            job.data(),
            way.draws);
    EngineFactory.Start start = new EngineFactory.Start(network, List.of(), masks, 0);
    try (Engine engine = engines.open(own, data, start)) {
      for (int step = 0, pass = 1; step < way.steps; pass++) {
        int[] order = way.draws.order(pass).permutation(batches.images());
        Engine.Batch batch =
            new Engine.Batch(order, Augmentation.of(job.data(), way.draws::augment, pass));
        for (int at = 0; at < batches.count() && step < way.steps; at++, step++) {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the training was interrupted as copies looked ahead");
          }
          int from = batches.from(at);
          int to = batches.to(at);
          draws.become(batch, from, to, way.draws, step);
          engine.step(batch, learningRate * way.rate);
        }
      }
      return engine.moved();
    }
  }
}
