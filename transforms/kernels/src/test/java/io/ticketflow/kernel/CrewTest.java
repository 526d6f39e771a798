package io.ticketflow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that share a training's work. */
@Timeout(60)
class CrewTest {
  private static final Kernels KERNELS = new ScalarKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void doesEachPartOnceAndAllBeforeItReturns(int threads) {
    try (Crew crew = new Crew(KERNELS, threads)) {
      for (int parts : new int[] {0, 1, 2, 5, 100}) {
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        crew.each(parts, (part, hand) -> done.incrementAndGet(part));
        for (int part = 0; part < done.length(); part++) {
          assertThat(done.get(part)).isEqualTo(part < parts ? 1 : 0);
        }
      }
    }
  }

  @Test
  void worksAtOnceEachWithHandsOfItsOwn() {
    try (Crew crew = new Crew(KERNELS, 3)) {
      Set<float[]> sums = ConcurrentHashMap.newKeySet();
      CountDownLatch all = new CountDownLatch(3);
      crew.each(
          3,
          (part, hand) -> {
            sums.add(hand.sums()); // arrays are equal to themselves alone
            all.countDown();
            await(all); // which ends if all three are at work together
          });
      assertThat(sums).hasSize(3);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void tellsOfAFailureAndGoesOn(int threads) {
    try (Crew crew = new Crew(KERNELS, threads)) {
      for (int failing = 0; failing < 8; failing++) {
        int bad = failing;
        assertThatThrownBy(
                () ->
                    crew.each(
                        8,
                        (part, hand) -> {
                          if (part == bad) {
                            throw new IllegalArgumentException("part " + part);
                          }
                        }))
            .hasStackTraceContaining("part " + bad);
        crew.each(8, (part, hand) -> hand.sums()[0]++);
      }
    }
  }

  @Test
  void cutsRangesAtWholeGroups() {
    try (Crew crew = new Crew(KERNELS, 3)) {
      AtomicIntegerArray seen = new AtomicIntegerArray(5 * Kernels.LANES + 12);
      new Ranges(
              crew,
              (from, to) -> {
                assertThat((to - from) % Kernels.LANES).isZero();
                for (int i = from; i < to; i++) {
                  seen.incrementAndGet(i);
                }
              })
          .run(12, seen.length());
      for (int i = 0; i < seen.length(); i++) {
        assertThat(seen.get(i)).isEqualTo(i < 12 ? 0 : 1);
      }
    }
  }

  @Test
  void endsItsThreads() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (Crew crew = new Crew(KERNELS, 2)) {
      crew.each(
          2,
          (part, hand) -> {
            threads.add(Thread.currentThread());
            while (threads.size() < 2) {
              Thread.onSpinWait();
            }
          });
    }
    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(1);
    threads.iterator().next().join(30_000);
    assertThat(threads.iterator().next().isAlive()).isFalse();
  }
}
