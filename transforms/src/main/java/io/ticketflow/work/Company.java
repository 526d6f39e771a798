package io.ticketflow.work;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who works in this JVM: many actions beside each other, or one alone. No action performs another.
 */
final class Company {
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  private Company() {}

  /**
   * What the work makes.
   *
   * @param alone waits until all others have ended, and lets none begin
   * @throws CancellationException if the thread is interrupted as it waits
   */
  static <T> T work(boolean alone, Supplier<T> work) {
    Lock lock = alone ? LOCK.writeLock() : LOCK.readLock();
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted as it waited for others to end");
    }
    try {
      return work.get();
    } finally {
      if (LOCK.isWriteLockedByCurrentThread()) {
        LOCK.writeLock().unlock();
      } else {
        LOCK.readLock().unlock();
      }
    }
  }

  /** The work of this thread has made progress: others may work beside it from now on. */
  static void admit() {
    if (LOCK.isWriteLockedByCurrentThread()) {
      LOCK.readLock().lock();
      LOCK.writeLock().unlock();
    }
  }
}
