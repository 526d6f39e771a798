package io.ticketflow.runners.gpu;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.doctor.Finding;
import io.ticketflow.runners.sweep.SpeedProbe;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.Workplace;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Images a second through steps of training, of one training and of several at once. */
final class SpeedCheck {
  /** Beside this share of the best a lower number of trainings is as good. */
  private static final double AS_GOOD = 0.95;

  private static final int BATCH = 128;
  private static final int BATCHES = 16;

  private final ToDoubleFunction<Integer> rates;

  /** Of a network on a device. */
  SpeedCheck(String model, DevicePolicy device) {
    this(atOnce -> measured(model, device, atOnce));
  }

  /**
   * @param rates images a second of so many trainings at once, together
   */
  SpeedCheck(ToDoubleFunction<Integer> rates) {
    this.rates = rates;
  }

  /** What comes of each of those numbers of trainings, which ascend. */
  Finding finding(String subject, List<Integer> atOnce) {
    double[] found = atOnce.stream().mapToDouble(rates).toArray();
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "About %,.0f images/s", found[0]));
    for (int i = 1; i < found.length; i++) {
      text.append(
          String.format(
              Locale.ROOT, ", with %d trainings at once %,.0f in all", atOnce.get(i), found[i]));
    }
    if (found.length > 1) {
      double enough = AS_GOOD * DoubleStream.of(found).max().orElseThrow();
      int least = 0;
      while (found[least] < enough) {
        least++;
      }
      text.append(
          String.format(Locale.ROOT, "; --trainersPerDevice=%d is enough", atOnce.get(least)));
    }
    return Finding.ok(subject, text + ".");
  }

  private static double measured(String model, DevicePolicy device, int atOnce) {
    DevicePolicy shared = new DevicePolicy(device.gpu(), device.index(), atOnce, 1);
    // No file of it is read or written.
    Workplace place = new Workplace("", shared, CheckpointPolicy.DEFAULT);
    RunSpec spec = ZooTraining.spec(model, BATCH * BATCHES, BATCH, 1, 0.1, 1);
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      return Collections.nCopies(atOnce, spec).stream()
          .map(
              each ->
                  CompletableFuture.supplyAsync(
                      () -> new SpeedProbe(place).imagesPerSecond(each), threads))
          .toList()
          .stream()
          .mapToDouble(CompletableFuture::join)
          .sum();
    } finally {
      threads.shutdownNow();
    }
  }
}
