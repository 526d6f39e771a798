package io.ticketflow.beam;

import io.ticketflow.method.Round;
import io.ticketflow.method.step.Taker;
import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Workplace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * All cycles that runs still have before them, in one stage: what would make a graph too long for
 * the stacks of those who read it. Each run's steps are taken one after the other where its ticket
 * is; what hands have made ahead of them is found.
 */
public final class FinishRuns extends PTransform<PCollection<RunTicket>, Stage<MergedRecord>> {
  private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("later-solutions") {};

  private final Workplace place;

  private FinishRuns(Workplace place) {
    this.place = place;
  }

  /** Finishes in that place. */
  public static FinishRuns at(Workplace place) {
    return new FinishRuns(place);
  }

  @Override
  public Stage<MergedRecord> expand(PCollection<RunTicket> tickets) {
    return Stage.of(
        tickets.apply("RestOfCycles", StepFn.of(place, FinishRuns::finish, SOLUTIONS)),
        SOLUTIONS,
        MergedRecord.class);
  }

  private static void finish(Performer by, RunTicket first, Yield<MergedRecord> out) {
    Taker taker = Taker.of(by, out::row);
    Deque<RunTicket> waiting = new ArrayDeque<>(List.of(first));
    while (!waiting.isEmpty()) {
      Round round = Round.of(taker, waiting.remove());
      round.solutions().forEach(out::element);
      waiting.addAll(round.next());
    }
  }
}
