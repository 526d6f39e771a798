package io.ticketflow.method.queue;

import io.ticketflow.schemas.RunTicket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What could be done now, for the hands of one process. For several threads.
 *
 * <p>A run belongs to the process that began its first piece here: others leave it alone as long as
 * they have runs of their own, so that few ask for what others do. Who has none left helps with
 * those of others, piece by piece.
 */
final class Queue {
  private final Function<RunTicket, Front> ahead;
  private final Comparator<Piece> order;

  private final List<Piece> open = new ArrayList<>();
  private final Map<String, Piece> filed = new HashMap<>();
  private final Map<String, Standing> runs = new HashMap<>();

  /** The trainings that come before what follows a front, until that is open. */
  private final Map<Piece, List<Piece>> awaited = new HashMap<>();

  private int atWork;
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * A queue without work.
   *
   * @param order what goes first
   * @param ahead makes the fronts that come of tickets
   */
  Queue(Order order, Function<RunTicket, Front> ahead) {
    this.ahead = ahead;
    Comparator<Piece> first =
        Comparator.<Piece>comparingInt(piece -> piece.standing().isForeign() ? 1 : 0)
            .thenComparingInt(piece -> piece.filed() ? 1 : 0); // what follows sets others free
    Comparator<Piece> turn = Comparator.comparingInt(piece -> piece.standing().turn());
    Comparator<Piece> cycle = Comparator.comparingInt(Piece::cycle);
    Comparator<Piece> longest = Comparator.comparingDouble(piece -> -piece.rest());
    this.order =
        order == Order.FINISH_FIRST
            ? first.thenComparing(turn)
            : first.thenComparing(cycle).thenComparing(longest).thenComparing(turn);
  }

  /** Adds the front of one more run. */
  synchronized void add(Front front) {
    Standing run = standing(front);
    if (run.comesTo(front.at())) {
      List<Piece> trainings = new ArrayList<>();
      for (Piece training : front.trainings()) {
        Piece piece = filed.computeIfAbsent(training.key(), key -> opened(training));
        piece.isFor(front, run);
        trainings.add(piece);
      }
      awaited.put(front.follow(), trainings);
      followIfDone(front);
    }
    notifyAll();
  }

  /**
   * The next piece, for this thread; waits while others do all that is left. Empty once nothing is.
   *
   * @throws CancellationException if the thread is interrupted
   * @throws RuntimeException that another hand met, where all fail together
   */
  synchronized Optional<Piece> next() {
    while (true) {
      if (failure.isPresent()) {
        throw failure.get();
      }
      long at = System.nanoTime();
      Optional<Piece> best = open.stream().filter(piece -> piece.isOpen(at)).min(order);
      if (best.isPresent()) {
        best.get().enter(Piece.State.HERE);
        atWork++;
        return best;
      }
      if (open.isEmpty() && atWork == 0) {
        return Optional.empty();
      }
      await(at);
    }
  }

  /** Whether the piece's run is known to be this process's. */
  synchronized boolean isOwn(Piece piece) {
    return piece.standing().isOwn();
  }

  /** This process has the piece's claim: if nobody had the run, it is its own. */
  synchronized void claimed(Piece piece) {
    piece.standing().belongs(true);
  }

  /** Another process has the piece. */
  synchronized void refused(Piece piece) {
    piece.standing().belongs(false);
    piece.refuse(System.nanoTime());
    atWork--;
    notifyAll();
  }

  /** The piece is done; it led to those tickets. */
  void done(Piece piece, List<RunTicket> next) {
    List<Front> more = next.stream().map(ahead).toList();
    synchronized (this) {
      boolean mine = !piece.standing().isForeign();
      piece.enter(Piece.State.DONE);
      open.remove(piece);
      more.forEach(front -> standing(front).belongs(mine));
      more.forEach(this::add);
      piece.fronts().forEach(this::followIfDone);
      atWork--;
      notifyAll();
    }
  }

  /** Another process has brought the piece's run that far. */
  void overtaken(Piece piece, List<RunTicket> there) {
    synchronized (this) {
      Piece follow = piece.front().follow();
      open.remove(follow);
      List<Piece> trainings = Objects.requireNonNullElse(awaited.remove(follow), List.of());
      for (Piece training : trainings) { // all of them are on file
        training.enter(Piece.State.DONE);
        open.remove(training);
        training.fronts().forEach(this::followIfDone);
      }
      forget(trainings);
    }
    done(piece, there);
  }

  /** The piece could not be done: another hand, or another attempt, may do better. */
  synchronized void failed(Piece piece, boolean together, Throwable error) {
    piece.enter(Piece.State.FREE);
    atWork--;
    if (together) {
      failure =
          Optional.of(
              error instanceof RuntimeException known ? known : new IllegalStateException(error));
    }
    notifyAll();
  }

  private Standing standing(Front front) {
    return runs.computeIfAbsent(front.run().getRun(), run -> new Standing(runs.size()));
  }

  private Piece opened(Piece piece) {
    open.add(piece);
    return piece;
  }

  private void followIfDone(Front front) {
    List<Piece> trainings = awaited.getOrDefault(front.follow(), List.of());
    boolean waits = awaited.containsKey(front.follow());
    if (waits && trainings.stream().allMatch(piece -> piece.state() == Piece.State.DONE)) {
      awaited.remove(front.follow());
      front.follow().isFor(front, standing(front));
      open.add(front.follow());
      forget(trainings);
    }
  }

  /** Lets go of what nobody waits for: who asks for it later finds it on file. */
  private void forget(List<Piece> trainings) {
    for (Piece training : trainings) {
      if (training.fronts().stream().noneMatch(front -> awaited.containsKey(front.follow()))) {
        filed.remove(training.key(), training);
      }
    }
  }

  /** Until something changes, or it is time to ask again for what is elsewhere. */
  @SuppressWarnings("WaitNotInLoop") // who calls it looks again
  private void await(long at) {
    long due =
        open.stream()
            .filter(piece -> piece.state() == Piece.State.ELSEWHERE)
            .mapToLong(piece -> piece.due() - at)
            .min()
            .orElse(TimeUnit.SECONDS.toNanos(10));
    try {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(due)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted as it waited for work");
    }
  }
}
