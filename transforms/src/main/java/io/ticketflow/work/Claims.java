package io.ticketflow.work;

import io.ticketflow.schemas.ClaimRecord;
import io.ticketflow.store.ClaimStore;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of a group of threads of this JVM, which are renewed until they are given back. For
 * several threads at once; whoever asks for one key twice is refused the second time.
 *
 * <p>A claim is lost when its process has ended, which shows at once on the same machine, or when
 * nobody has renewed it for the time of a lease, by the clock of the JVM that looks. Then the next
 * one takes it. A holder that was only slow goes on, and of two equal results the first one stays.
 */
public final class Claims implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  /** How long a claim lasts that nobody renews. */
  public static final Duration LEASE = Duration.ofSeconds(12);

  private static final int RENEWALS_A_LEASE = 4;

  private final ClaimStore store;
  private final Duration lease;
  private final String holder = UUID.randomUUID().toString();

  /** Keys that are held or asked for. */
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** Claims that are held, and renewed. */
  private final Map<String, ClaimRecord> held = new ConcurrentHashMap<>();

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final ScheduledExecutorService renewing;

  /** Another's claim, and when it was first seen as it is. */
  private record Seen(ClaimRecord claim, long nanos) {}

  /**
   * Claims among those files.
   *
   * @param lease how long they last without renewal
   */
  public Claims(ClaimStore store, Duration lease) {
    this.store = store;
    this.lease = lease;
    this.renewing =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "claims-renewed");
              thread.setDaemon(true);
              return thread;
            });
    long millis = lease.toMillis() / RENEWALS_A_LEASE;
    var unused =
        renewing.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Claims a piece of work, if nobody else has.
   *
   * @return whether it is this group's now
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public boolean take(String key) {
    if (!taken.add(key)) {
      return false;
    }
    boolean granted = false;
    try {
      ClaimRecord claim = new ClaimRecord(holder, ThisProcess.identity(), 0L);
      granted = store.create(key, claim) || takeOver(key, claim);
      if (granted) {
        held.put(key, claim);
      }
      return granted;
    } finally {
      if (!granted) {
        taken.remove(key);
      }
    }
  }

  /**
   * Gives a piece of work back, done or not.
   *
   * @throws UncheckedIOException naming the file, if storage fails
   */
  public void giveBack(String key) {
    held.remove(key);
    boolean interrupted = Thread.interrupted(); // a storage's client would give up at once
    try {
      store.delete(key);
    } finally {
      taken.remove(key);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the renewing; claims that are not given back get lost. */
  @Override
  public void close() {
    renewing.shutdownNow();
  }

  /** A claim whose holder is gone makes room, and the first one to see it moves in. */
  private boolean takeOver(String key, ClaimRecord claim) {
    Optional<ClaimRecord> there = store.find(key);
    if (there.isPresent() && !isLost(key, there.get())) {
      return false;
    }
    if (there.isPresent()) {
      LOG.info("The claim of {} on {} is lost", there.get().getProcess(), key);
      if (!store.find(key).equals(there)) {
        return false; // another was quicker
      }
      store.delete(key);
    }
    seen.remove(key);
    return store.create(key, claim)
        && store.find(key).filter(now -> now.getHolder().equals(holder)).isPresent();
  }

  private boolean isLost(String key, ClaimRecord claim) {
    if (ThisProcess.hasEnded(claim.getProcess())) {
      return true;
    }
    Seen first =
        seen.compute(
            key,
            (k, before) ->
                before != null && before.claim.equals(claim)
                    ? before
                    : new Seen(claim, System.nanoTime()));
    return System.nanoTime() - first.nanos > lease.toNanos();
  }

  private void renew() {
    held.forEach(
        (key, claim) -> {
          ClaimRecord later = new ClaimRecord(holder, claim.getProcess(), claim.getRenewals() + 1);
          try {
            if (held.replace(key, claim, later)) {
              store.replace(key, later);
              if (!held.containsKey(key)) {
                store.delete(key); // it was given back meanwhile
              }
            }
          } catch (RuntimeException e) { // else nothing would be renewed any more
            LOG.warn("The claim on {} is not renewed: {}", key, e.getMessage());
          }
        });
  }
}
