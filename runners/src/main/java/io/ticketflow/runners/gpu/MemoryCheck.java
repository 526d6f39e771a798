package io.ticketflow.runners.gpu;

import io.ticketflow.learn.train.Trainer;
import io.ticketflow.runners.doctor.Finding;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Whether memory stays as it is over 50 equal trainings.
 *
 * <p>The first ten do not count: libraries make their workspaces then, and libtorch's allocator
 * takes what it keeps. Of the others the least of the last ten must not lie above the most of the
 * first ten by more than {@link #ALLOWED}. That is less than an allocator's block of 20 MiB, and
 * nothing that comes and goes reaches it; a network of a megabyte that stays behind each time makes
 * 21.
 *
 * <p>Allocators keep what larger trainings gave back, and a leak fills that first: make this check
 * before them.
 */
final class MemoryCheck {
  static final int TRAININGS = 50;
  private static final int SOME = 10;
  private static final long ALLOWED = 16L << 20;
  private static final int IMAGES = 32;

  private final String subject;
  private final LongSupplier used;

  /**
   * @param used bytes in use now, of a device or of this process
   */
  MemoryCheck(String subject, LongSupplier used) {
    this.subject = subject;
    this.used = used;
  }

  /** What comes of trainings of a network. */
  Finding finding(String model, Trainer trainer) {
    ZooTraining training = ZooTraining.of(model, IMAGES, 1, 0.1, 1);
    long[] bytes = new long[TRAININGS];
    for (int i = 0; i < TRAININGS; i++) {
      training.by(trainer);
      // What waits for the collector holds memory outside the heap too.
      System.gc();
      bytes[i] = used.getAsLong();
    }
    return finding(bytes);
  }

  /** What comes of bytes in use after each training. */
  Finding finding(long[] bytes) {
    long before = Arrays.stream(bytes, SOME, 2 * SOME).max().orElseThrow();
    long after = Arrays.stream(bytes, TRAININGS - SOME, TRAININGS).min().orElseThrow();
    double grown = (after - before) / (double) (1L << 20);
    double all = bytes[TRAININGS - 1] / (double) (1L << 20);
    if (after - before > ALLOWED) {
      return Finding.problem(
          subject,
          String.format(
              Locale.ROOT,
              "Grows: %.0f MiB after %d trainings, %.0f MiB more than after %d. If no other process"
                  + " took it, long runs will end for lack of memory: tell us.",
              all,
              TRAININGS,
              grown,
              2 * SOME));
    }
    return Finding.ok(
        subject,
        String.format(Locale.ROOT, "Stays at %.0f MiB over %d trainings.", all, TRAININGS));
  }
}
