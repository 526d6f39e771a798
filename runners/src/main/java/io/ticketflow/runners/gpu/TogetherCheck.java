package io.ticketflow.runners.gpu;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePool;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.runners.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Two trainings at once on one device against the same two one after the other.
 *
 * <p>On a CPU they are equal to the bit. A GPU may sum in another order from one time to the next,
 * which two steps at a low rate make little of; trainings that touch each other's arrays part by
 * far more.
 */
final class TogetherCheck {
  private static final String SUBJECT = "two trainings";
  private static final int IMAGES = 64;
  private static final int STEPS = 2;
  private static final double RATE = 0.01;

  /** Times that the pair is tried: a race need not show at once. */
  private static final int TRIES = 4;

  private final DevicePool pool;
  private final Function<Device, Trainer> trainers;

  /**
   * @param pool that lends one device to two at once
   */
  TogetherCheck(DevicePool pool, Function<Device, Trainer> trainers) {
    this.pool = pool;
    this.trainers = trainers;
  }

  /** What comes of a network. */
  Finding finding(String model) {
    List<ZooTraining> pair =
        List.of(
            ZooTraining.of(model, IMAGES, STEPS, RATE, 1),
            ZooTraining.of(model, IMAGES, STEPS, RATE, 2));
    List<TrainedNetwork> alone = pair.stream().map(this::trained).toList();
    double most = 0;
    ExecutorService threads = Executors.newFixedThreadPool(pair.size());
    try {
      for (int i = 0; i < TRIES; i++) {
        List<CompletableFuture<TrainedNetwork>> both = new ArrayList<>();
        for (ZooTraining each : pair) {
          both.add(CompletableFuture.supplyAsync(() -> trained(each), threads));
        }
        for (int k = 0; k < pair.size(); k++) {
          double share = pair.get(k).between(alone.get(k), both.get(k).join()).share();
          most = share <= most ? most : share;
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return finding(most);
  }

  private static Finding finding(double most) {
    if (!(most <= Precision.STEP)) {
      return Finding.problem(
          SUBJECT,
          String.format(
              Locale.ROOT,
              "At once they give other results than alone, by %.2g of the way: keep to"
                  + " --trainersPerDevice=1, and tell us.",
              most));
    }
    return Finding.ok(
        SUBJECT,
        most == 0
            ? "At once they give what each gives alone, to the bit."
            : String.format(
                Locale.ROOT,
                "At once they give what each gives alone, but for sums in another order: %.1e of"
                    + " the way.",
                most));
  }

  private TrainedNetwork trained(ZooTraining training) {
    return pool.on(device -> training.by(trainers.apply(device)));
  }
}
