package io.ticketflow.pipelines.simulation;

import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A workload on slots, event by event: stages begin, works end, slots fail and come back. Events of
 * the same moment happen in the order in which they were foreseen, so the same scenario gives the
 * same forecast. A slot fails whether it works or not, and not again before it is back.
 */
public final class Simulation {
  private static final int MOST_FAILURES = 100_000;

  private final Scenario scenario;
  private final List<List<Stage>> chains;
  private final List<Slot> slots;
  private final Waiting waiting;
  private final Map<String, Job> jobs = new HashMap<>();
  private final List<double[]> rests;
  private final Progress progress;
  private final int[] pending;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingLong(Event::number));
  private final Tally tally = new Tally();
  private long foreseen;
  private double now;

  private enum What {
    STAGE,
    END,
    FAILURE,
    BACK
  }

  /**
   * @param place the chain or the slot
   * @param turn of the slot, where another turn makes the event void
   */
  private record Event(double time, long number, What what, int place, int turn) {}

  private Simulation(List<List<Stage>> runs, Scenario scenario) {
    this.scenario = scenario;
    chains = scenario.barrier().chains(runs);
    slots =
        IntStream.range(0, scenario.slots())
            .mapToObj(number -> new Slot(scenario, number))
            .toList();
    waiting = scenario.dispatch().waiting(scenario.slots());
    rests = chains.stream().map(Simulation::rests).toList();
    progress = new Progress(scenario.barrier(), chains);
    pending = new int[chains.size()];
  }

  /**
   * Simulates a workload.
   *
   * @param runs the stages of each run in their order
   * @throws UserException if slots fail so often that nothing gets done
   */
  public static Forecast of(List<List<Stage>> runs, Scenario scenario) {
    return new Simulation(runs, scenario).forecast();
  }

  private Forecast forecast() {
    advance(scenario.beside().start());
    for (int slot = 0; slot < slots.size(); slot++) {
      fails(slot);
    }
    while (!progress.isDone()) {
      Event event = events.remove();
      now = event.time();
      take(event);
    }
    return tally.forecast(scenario.slots(), now + gathering());
  }

  /** Begins the next part of the workload at that time, if there is one. */
  private void advance(double time) {
    progress.nextPart().forEach(chain -> foresee(time, What.STAGE, chain, 0));
  }

  /** Seconds in which stages gather what this part of the workload made. */
  private double gathering() {
    return progress.gatherings() * scenario.beside().cycle();
  }

  /** Seconds of works from each stage of a chain on. */
  private static double[] rests(List<Stage> chain) {
    double[] rests = new double[chain.size()];
    double rest = 0;
    for (int stage = chain.size() - 1; stage >= 0; stage--) {
      rest += chain.get(stage).works().stream().mapToDouble(Work::seconds).sum();
      rests[stage] = rest;
    }
    return rests;
  }

  private void take(Event event) {
    int place = event.place();
    switch (event.what()) {
      case STAGE -> begin(place);
      case END -> {
        if (slots.get(place).turn() == event.turn()) {
          end(place);
        }
      }
      case FAILURE -> {
        if (slots.get(place).isUp(now)) {
          fail(place);
        }
        fails(place);
      }
      case BACK -> fill(place);
    }
  }

  private void begin(int chain) {
    List<Job> fresh = new ArrayList<>();
    int number = progress.stageOf(chain);
    Stage stage = chains.get(chain).get(number);
    double rest = rests.get(chain)[number];
    for (Work work : stage.works()) {
      Job job = jobs.get(work.key());
      if (job == null) {
        job = new Job(work, stage, rest);
        jobs.put(work.key(), job);
        fresh.add(job);
      }
      if (!job.isDone()) {
        job.chains().add(chain);
        pending[chain]++;
      }
    }
    waiting.add(fresh);
    if (pending[chain] == 0) {
      close(chain);
    }
    if (!moreBegins()) {
      fillAll(); // what begins at one moment waits together
    }
  }

  private boolean moreBegins() {
    Event next = events.peek();
    return next != null && next.what() == What.STAGE && next.time() == now;
  }

  private void close(int chain) {
    if (progress.goOn(chain)) {
      begin(chain); // before the slot that ended the last stage looks for other work
    } else if (progress.isPartDone()) {
      advance(now + gathering());
    }
  }

  private void end(int place) {
    Slot slot = slots.get(place);
    Job job = slot.job();
    if (job == null) {
      throw new IllegalStateException("an end of nothing");
    }
    tally.ended(job.work(), slot.seconds(job), now);
    job.end();
    slot.end();
    for (int chain : job.chains()) {
      pending[chain]--;
      if (pending[chain] == 0) {
        close(chain);
      }
    }
    fill(place);
  }

  private void fail(int failed) {
    tally.failed();
    if (tally.failures() > MOST_FAILURES) {
      throw UserException.of(
          "failures=%s on %d slots leaves too little time to train: after %,d failures and %.0f"
              + " hours the simulation was given up",
          scenario.failures().perSlotHour(), slots.size(), MOST_FAILURES, now / 3600);
    }
    boolean all = scenario.failures().stops() == Failures.Stops.JOB;
    double back = now + scenario.failures().restartSeconds();
    for (int place = all ? 0 : failed; place < (all ? slots.size() : failed + 1); place++) {
      Slot.Lost lost = slots.get(place).fail(now, back);
      Job job = lost.job();
      if (job != null) {
        tally.cutOff(job.work(), lost);
        waiting.giveBack(place, job);
      }
      foresee(back, What.BACK, place, 0);
    }
    fillAll(); // another slot may go on with it
  }

  private void fails(int slot) {
    double next = now + slots.get(slot).gap();
    if (next < Double.POSITIVE_INFINITY) {
      foresee(next, What.FAILURE, slot, 0);
    }
  }

  private void fillAll() {
    for (int slot = 0; slot < slots.size(); slot++) {
      fill(slot);
    }
  }

  private void fill(int place) {
    Slot slot = slots.get(place);
    if (slot.isFree(now)) {
      waiting
          .next(place)
          .ifPresent(
              job -> {
                double beside = scenario.beside().action() * job.work().actions();
                tally.begun(job.work(), now);
                foresee(slot.begin(job, now, beside), What.END, place, slot.turn());
              });
    }
  }

  private void foresee(double time, What what, int place, int turn) {
    events.add(new Event(time, foreseen++, what, place, turn));
  }
}
