package io.ticketflow.runners.bench.scale;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.work.EngineWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * An engine whose trainings last so many milliseconds an epoch: it computes what it wraps, and then
 * sleeps. So a run's {@code training.epochs} are the length of its trainings, which the program
 * knows as it knows that of real ones.
 */
public final class TimedEngine implements EngineWrapper {
  /** Beside this class: milliseconds an epoch. The bench puts it into the jar that it sends. */
  private static final String UNIT = "milliseconds-an-epoch";

  private final long nanos = TimeUnit.MILLISECONDS.toNanos(unit());

  /** By which its jar comes to a class path. */
  public static void premain(String nothing) {
    // the jar is all that is wanted
  }

  @Override
  public Calculator around(Calculator own) {
    return new Timed(own, nanos);
  }

  private static long unit() {
    try (InputStream in = Objects.requireNonNull(TimedEngine.class.getResourceAsStream(UNIT))) {
      return Long.parseLong(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Timed(Calculator own, long nanos) implements Calculator {
    @Override
    public Trainer trainer() {
      return (job, data, listener, checkpoints) -> {
        long start = System.nanoTime();
        int before = job.plan().startEpoch();
        EpochListener sleeping =
            (point, rate) -> {
              sleepUntil(start + nanos * (point.getEpoch() - before));
              listener.finished(point, rate);
            };
        return own.trainer().train(job, data, sleeping, checkpoints);
      };
    }

    private static void sleepUntil(long end) {
      try {
        TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while it slept");
      }
    }

    @Override
    public Logits logits(ModelGraph graph, Iterable<TensorSet> members) {
      return own.logits(graph, members);
    }

    @Override
    public TensorSet statistics(
        ModelGraph graph,
        TensorSet network,
        Images images,
        DataSplits data,
        int batchSize,
        int batches) {
      return own.statistics(graph, network, images, data, batchSize, batches);
    }

    @Override
    public TensorSet gradient(
        ModelGraph graph, TensorSet network, Masks masks, DataSplits data, ImageSample sample) {
      return own.gradient(graph, network, masks, data, sample);
    }

    @Override
    public Gradients gradients(
        ModelGraph graph,
        TensorSet network,
        Images images,
        DataSplits data,
        int largest,
        boolean byBatch) {
      return own.gradients(graph, network, images, data, largest, byBatch);
    }

    @Override
    public Flow flow(ModelGraph graph, TensorSet network) {
      return own.flow(graph, network);
    }
  }
}
