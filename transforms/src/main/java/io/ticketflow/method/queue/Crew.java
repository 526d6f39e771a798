package io.ticketflow.method.queue;

import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The hands of one process that work on runs. They begin with the dense trainings, and go on with
 * what these lead to: no hand waits while there is work. Nothing is left when all have ended, so
 * the stages of the cycles find their actions finished.
 */
public final class Crew {
  private static final Map<String, Crew> AT_WORK = new HashMap<>();

  /** Pipelines of which nothing is left to do. */
  private static final Set<String> EXHAUSTED = new HashSet<>();

  private final String name;
  private final Neighbours neighbours;
  private final Queue queue;

  /** Whether a hand has brought the runs: all bring the same. */
  private boolean begun;

  private int hands;

  private Crew(String name, Workplace place, Hands all) {
    this.name = name;
    this.neighbours = all.together() ? Neighbours.NONE : Neighbours.in(place);
    Taker taker = Hand.taker(new Worker(place));
    this.queue = new Queue(all.order(), ticket -> Front.round(taker, ticket));
  }

  /**
   * Works as one hand on runs, until nothing is left of them.
   *
   * @param place of a pipeline
   */
  public static void work(Workplace place, Hands hands, List<RunRecord> runs) {
    String name = place.call();
    if (isExhausted(name)) {
      return;
    }
    Crew crew = join(name, () -> new Crew(name, place, hands));
    try {
      crew.begin(place, runs);
      new Hand(crew.queue, crew.neighbours, new Worker(place), hands.together()).work();
    } finally {
      crew.leave();
    }
    exhausted(name);
  }

  /** The first of the hands makes the fronts, and the others wait for them. */
  private synchronized void begin(Workplace place, List<RunRecord> runs) {
    if (!begun) {
      runs.stream().map(run -> Front.start(place, run)).toList().forEach(queue::add);
      begun = true;
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
