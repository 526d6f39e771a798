package io.ticketflow.runners.output;

import io.ticketflow.runners.ending.ProcessEnd;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An output on storage that has no locks: its file .lock says who works, and is renewed every ten
 * seconds. Thirty seconds without that, and it is free: its process is dead.
 *
 * <p>The clocks of those who share an output must agree to some seconds. Of two that take a free
 * output in the same instant one gives way: each looks again, a little later, whose lock is there.
 * Should two work nevertheless, results stay right, as actions are committed once; only work is
 * done twice.
 */
final class RemoteClaim implements Claim {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteClaim.class);
  static final Duration RENEWAL = Duration.ofSeconds(10);
  static final Duration EXPIRY = Duration.ofSeconds(30);
  private static final long SETTLING_MILLIS = 1_000;

  private final Location location;
  private final BlobStore blobs;
  private final LockText mine;
  private final ProcessEnd.Undoing undoing;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(RemoteClaim::thread);

  private RemoteClaim(
      Location location, BlobStore blobs, LockText mine, ProcessEnd.Undoing undoing) {
    this.location = location;
    this.blobs = blobs;
    this.mine = mine;
    this.undoing = undoing;
    long period = RENEWAL.toMillis();
    var unused = renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  static void check(Location location) {
    try {
      if (OutputFolder.isOurs(location)) {
        return;
      }
      Optional<String> foreign = OutputFolder.foreign(location.blobs().list());
      if (foreign.isPresent()) {
        throw OutputFolder.foreign(location, foreign.get());
      }
    } catch (IOException e) {
      throw UserException.of("The output %s cannot be used: %s", location, e.getMessage());
    }
  }

  static RemoteClaim claim(Location location) {
    check(location);
    LockText mine = LockText.ofThisProcess();
    BlobStore blobs = location.blobs();
    // A cancelled run leaves nothing that the next one would have to wait for.
    ProcessEnd.Undoing undoing = ProcessEnd.onSignal(() -> release(blobs, mine));
    try {
      take(location, blobs, mine);
      return new RemoteClaim(location, blobs, mine, undoing);
    } catch (RuntimeException e) {
      undoing.close();
      throw e;
    }
  }

  /** Whether a process has said lately that it holds the output. */
  static boolean isHeld(Location location) throws IOException {
    return LockText.read(location.blobs()).filter(RemoteClaim::isFresh).isPresent();
  }

  private static boolean isFresh(LockText lock) {
    return lock.age(Instant.now()).compareTo(EXPIRY) < 0;
  }

  private static void take(Location location, BlobStore blobs, LockText mine) {
    try {
      boolean made = mine.create(blobs);
      if (!made) {
        Optional<LockText> other = LockText.read(blobs);
        if (other.isPresent() && isFresh(other.get())) {
          throw busy(location, other.get());
        }
        mine.write(blobs, Instant.now());
      }
      Thread.sleep(SETTLING_MILLIS);
      Optional<LockText> there = LockText.read(blobs);
      if (there.filter(mine::isSameHolder).isEmpty()) {
        throw there.isPresent()
            ? busy(location, there.get())
            : UserException.of("The output %s was unlocked by somebody else.", location);
      }
    } catch (IOException e) {
      throw UserException.of("The output %s cannot be used: %s", location, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.of("Interrupted before the output %s was locked.", location);
    }
  }

  private static UserException busy(Location location, LockText holder) {
    return UserException.of(
        "Another run is writing to the output %s (%s, heard of %s s ago): wait for its "
            + "end, or, if it was killed, until it has been silent for %s s, or name another "
            + "one with --output=DIR.",
        location,
        holder.who(),
        Math.max(0, holder.age(Instant.now()).toSeconds()),
        EXPIRY.toSeconds());
  }

  private void renew() {
    try {
      if (LockText.read(blobs).filter(mine::isSameHolder).isPresent()) {
        mine.write(blobs, Instant.now());
      } else {
        LOG.warn("The output {} is another process's by now; results stay right.", location);
        renewal.shutdown();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("The lock of the output {} could not be renewed: {}", location, e.getMessage());
    }
  }

  @Override
  public UserException unwritable(IOException why) {
    try {
      close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    return UserException.of("The output %s cannot be used: %s", location, why.getMessage());
  }

  @Override
  public void close() throws IOException {
    undoing.close();
    renewal.shutdown();
    try {
      if (!renewal.awaitTermination(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
        renewal.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      release(blobs, mine);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void release(BlobStore blobs, LockText mine) {
    try {
      if (LockText.read(blobs).filter(mine::isSameHolder).isPresent()) {
        blobs.delete(OutputFolder.LOCK);
      }
    } catch (NoSuchFileException e) {
      // It is free.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "lock-renewal");
    thread.setDaemon(true);
    return thread;
  }
}
