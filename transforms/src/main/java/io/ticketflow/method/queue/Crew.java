package io.ticketflow.method.queue;

import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The hands of one process that work on a stage. In a cycle they begin with what the stage asks
 * for, and go on with what it leads to: no hand waits while there is work. Nothing is left when all
 * have ended, so the stages after it find their actions finished.
 */
public final class Crew {
  private static final Map<String, Crew> AT_WORK = new HashMap<>();

  /** Pipelines of which nothing is left to do. */
  private static final Set<String> EXHAUSTED = new HashSet<>();

  private final String name;
  private final Neighbours neighbours;
  private final Queue queue;

  /** What hands have brought: all hands of a stage bring the same. */
  private final Set<List<?>> begun = new HashSet<>();

  private int hands;

  private Crew(
      String name, Workplace place, Hands all, Optional<Function<RunTicket, Front>> ahead) {
    this.name = name;
    this.neighbours = all.together() ? Neighbours.NONE : Neighbours.in(place);
    this.queue = new Queue(all.order(), ahead);
  }

  /**
   * Works as one hand on the dense trainings of runs, until all are made.
   *
   * @param place of a pipeline
   */
  public static void start(Workplace place, Hands hands, List<RunRecord> runs) {
    String name = "start of " + place.call();
    Crew crew = join(name, () -> new Crew(name, place, hands, Optional.empty()));
    crew.work(place, hands, runs, run -> Front.start(place, run));
  }

  /** Works as one hand on a cycle's tickets, until nothing is left of their runs. */
  public static void goOn(Workplace place, Hands hands, List<RunTicket> tickets) {
    String name = place.call();
    if (isExhausted(name)) {
      return;
    }
    Taker taker = Hand.taker(new Worker(place));
    Function<RunTicket, Front> ahead = ticket -> Front.round(taker, ticket);
    Crew crew = join(name, () -> new Crew(name, place, hands, Optional.of(ahead)));
    crew.work(place, hands, tickets, ahead);
    exhausted(name);
  }

  private <T> void work(Workplace place, Hands all, List<T> elements, Function<T, Front> fronts) {
    try {
      begin(elements, fronts);
      new Hand(queue, neighbours, new Worker(place), all.together()).work();
    } finally {
      leave();
    }
  }

  /** The first of a stage's hands makes the fronts, and the others wait for them. */
  private synchronized <T> void begin(List<T> elements, Function<T, Front> fronts) {
    if (!begun.contains(elements)) {
      elements.stream().map(fronts).toList().forEach(queue::add);
      begun.add(elements);
    }
  }

  private static synchronized boolean isExhausted(String call) {
    return EXHAUSTED.contains(call);
  }

  private static synchronized void exhausted(String call) {
    EXHAUSTED.add(call);
  }

  private static synchronized Crew join(String name, Supplier<Crew> anew) {
    Crew crew = AT_WORK.computeIfAbsent(name, call -> anew.get());
    crew.hands++;
    return crew;
  }

  private void leave() {
    synchronized (Crew.class) {
      hands--;
      if (hands == 0) {
        AT_WORK.remove(name, this);
        neighbours.close();
      }
    }
  }
}
