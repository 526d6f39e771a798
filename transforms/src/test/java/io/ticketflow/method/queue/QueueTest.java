package io.ticketflow.method.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.testing.Solutions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Fronts of runs whose trainings do nothing: what comes first, and when it is over. */
class QueueTest {
  private static final int CYCLES = 2;
  private static final RunSpec SPEC = Solutions.spec();

  /** A run of two cycles with one training each, which takes so long. */
  private static Front front(String run, int cycle, double length) {
    Piece training = new Piece(run + cycle, true, by -> List.of());
    Piece follow = new Piece("after " + run + cycle, false, by -> List.of());
    return new Front(
        Solutions.run(run, SPEC),
        new Front.At(cycle, 0),
        length * (CYCLES - cycle),
        List.of(training),
        follow);
  }

  private static Front after(RunTicket ticket) {
    return front(
        ticket.getRun().getRun(), ticket.getTicket().getCycle(), ticket.getTicket().getDensity());
  }

  /**
   * Does all that there is, one after the other; a run's length stands for its tickets' density.
   */
  private static List<String> all(Queue queue) {
    List<String> done = new ArrayList<>();
    for (Optional<Piece> next = queue.next(); next.isPresent(); next = queue.next()) {
      Piece piece = next.get();
      done.add(piece.key());
      queue.done(piece, piece.filed() ? List.of() : next(piece.front()));
    }
    return done;
  }

  private static List<RunTicket> next(Front front) {
    int cycle = front.at().cycle();
    return cycle + 1 == CYCLES
        ? List.of()
        : List.of(ticket(front.run(), cycle + 1, front.rest() / (CYCLES - cycle)));
  }

  private static RunTicket ticket(RunRecord run, int cycle, double density) {
    ArtifactRef none = ArtifactRefs.unchecked("", "", 0L);
    return new RunTicket(
        run,
        new TicketRecord(
            run.getRun(), "imp", "", 1L, cycle, density, 0L, 0L, List.of(), none, none, List.of()),
        null);
  }

  private static Queue queue(Order order) {
    Queue queue = new Queue(order, QueueTest::after);
    queue.add(front("short", 0, 1));
    queue.add(front("long", 0, 3));
    queue.add(front("middle", 0, 2));
    return queue;
  }

  @Test
  void breadthFirstTakesTheEarliestCycleAndInItTheLongest() {
    assertThat(all(queue(Order.BREADTH_FIRST)))
        .filteredOn(key -> !key.startsWith("after"))
        .containsExactly("long0", "middle0", "short0", "long1", "middle1", "short1");
  }

  @Test
  void finishFirstTakesRunsInTheirOrder() {
    assertThat(all(queue(Order.FINISH_FIRST)))
        .containsExactly(
            "short0",
            "after short0",
            "short1",
            "after short1",
            "long0",
            "after long0",
            "long1",
            "after long1",
            "middle0",
            "after middle0",
            "middle1",
            "after middle1");
  }

  @Test
  void runsOfOthersComeLastAndAreAskedForAgain() {
    Queue queue = queue(Order.BREADTH_FIRST);
    Piece first = queue.next().orElseThrow();
    assertThat(first.key()).isEqualTo("long0");
    queue.refused(first);
    List<String> done = all(queue);
    assertThat(done.indexOf("after short1")).isLessThan(done.indexOf("long0"));
    assertThat(done).endsWith("long0", "after long0", "long1", "after long1");
  }

  @Test
  void whatAnotherHasBroughtFurtherIsNotGoneAgain() {
    Queue queue = new Queue(Order.BREADTH_FIRST, QueueTest::after);
    queue.add(front("a", 0, 1));
    Piece first = queue.next().orElseThrow();
    queue.overtaken(first, next(first.front()));
    assertThat(all(queue)).containsExactly("a1", "after a1");
  }

  @Test
  void aRunThatSharesTrainingsWithAnOvertakenOneGoesOn() {
    Queue queue = new Queue(Order.BREADTH_FIRST, QueueTest::after);
    Front one = front("a", 0, 2);
    Front alike = front("b", 0, 1);
    queue.add(one);
    Piece same = new Piece(one.trainings().get(0).key(), true, by -> List.of());
    queue.add(new Front(alike.run(), alike.at(), alike.rest(), List.of(same), alike.follow()));
    Piece shared = queue.next().orElseThrow();
    assertThat(shared.key()).isEqualTo("a0");
    queue.overtaken(shared, List.of()); // run a is over
    assertThat(all(queue)).containsExactly("after b0", "b1", "after b1");
  }

  @Test
  void aHandWaitsWhileAnotherMayFindMoreWork() throws Exception {
    Queue queue = new Queue(Order.BREADTH_FIRST, QueueTest::after);
    queue.add(front("a", 0, 1));
    Piece only = queue.next().orElseThrow();
    CompletableFuture<Optional<Piece>> waiting = CompletableFuture.supplyAsync(queue::next);
    assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    queue.done(only, List.of());
    assertThat(waiting.get(10, TimeUnit.SECONDS).orElseThrow().key()).isEqualTo("after a0");
  }

  @Test
  void whatFailedIsTakenAgainUnlessAllFailTogether() {
    Queue queue = new Queue(Order.BREADTH_FIRST, QueueTest::after);
    queue.add(front("a", 0, 1));
    queue.failed(queue.next().orElseThrow(), false, new IllegalStateException("disk full"));
    Piece again = queue.next().orElseThrow();
    assertThat(again.key()).isEqualTo("a0");
    queue.failed(again, true, new IllegalStateException("disk full"));
    assertThatThrownBy(queue::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk full");
  }
}
