package io.ticketflow.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The loops of this JVM, and the threads that share a training's. A unit cuts its work into parts,
 * none of which writes what another one reads or writes; so no bit depends on how many threads
 * there are, nor on which of them takes a part. For one caller at a time; close it.
 */
public final class Crew implements AutoCloseable {
  private final Kernels kernels;
  private final Hand[] hands;

  /** Where all threads meet: at the begin of a work and at its end. */
  private final Phaser gate;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  // written by the caller before a work begins; the gate hands them over
  private @Nullable Work work;
  private int parts;

  /** What one of the threads has to itself, for a part's use. */
  public static final class Hand {
    private final int number;
    private final float[] sums = new float[Kernels.LANES];
    private final Map<Tape.Kind, Tape> tapes = new HashMap<>();
    private final Part part = new Part();
    private float[] many = new float[0];

    private Hand(int number) {
      this.number = number;
    }

    /** Of the threads, from 0 on. */
    int number() {
      return number;
    }

    /** {@value Kernels#LANES} numbers. */
    float[] sums() {
      return sums;
    }

    /** At least so many others, from {@link CacheLine#first} on. */
    float[] many(int count) {
      if (many.length < count + CacheLine.first()) {
        many = CacheLine.array(count);
      }
      return many;
    }

    /** The part of a sum that it works on. */
    Part part() {
      return part;
    }

    /** Room for some rows of a map; units whose rows are alike share it. */
    Tape tape(Tape.Kind kind) {
      return tapes.computeIfAbsent(kind, Tape::new);
    }
  }

  /** What is done with each part; made once, so that a batch puts nothing on the heap. */
  @FunctionalInterface
  public interface Work {
    /** Does a part. */
    void part(int part, Hand hand);
  }

  /**
   * A crew that ends with {@link #close()}.
   *
   * @param threads the caller's included
   */
  public Crew(Kernels kernels, int threads) {
    this.kernels = kernels;
    hands = new Hand[threads];
    for (int i = 0; i < threads; i++) {
      hands[i] = new Hand(i);
    }
    gate = new Phaser(threads);
    for (int i = 1; i < threads; i++) {
      Hand hand = hands[i];
      Thread thread = new Thread(() -> help(hand), "crew-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  Kernels kernels() {
    return kernels;
  }

  /** How many threads there are. */
  int threads() {
    return hands.length;
  }

  /** Does all parts, and returns when they are done. */
  public void each(int count, Work each) {
    if (hands.length == 1 || count == 1) {
      for (int part = 0; part < count; part++) {
        each.part(part, hands[0]);
      }
      return;
    }
    work = each;
    parts = count;
    next.set(0);
    gate.arriveAndAwaitAdvance();
    take(each, hands[0]);
    gate.arriveAndAwaitAdvance();
    Throwable failed = failure.getAndSet(null);
    if (failed != null) {
      throw new IllegalStateException("a thread of the training failed", failed);
    }
  }

  /** Where the part begins of so many that are cut out of some things. */
  static int cut(int things, int part, int parts) {
    return (int) ((long) things * part / parts);
  }

  private void help(Hand hand) {
    while (gate.arriveAndAwaitAdvance() >= 0) {
      Work each = work;
      if (each != null) {
        take(each, hand);
      }
      gate.arriveAndAwaitAdvance();
    }
  }

  private void take(Work each, Hand hand) {
    try {
      for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
        each.part(part, hand);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void close() {
    gate.forceTermination();
  }
}
