package io.ticketflow.pipelines;

import io.ticketflow.beam.FinishRuns;
import io.ticketflow.beam.ImportSolutions;
import io.ticketflow.beam.InitialiseTickets;
import io.ticketflow.beam.MeasureEnsembles;
import io.ticketflow.beam.MeasureLandscapes;
import io.ticketflow.beam.PoolSolutions;
import io.ticketflow.beam.RecordCoder;
import io.ticketflow.beam.Stage;
import io.ticketflow.beam.SweepLeftovers;
import io.ticketflow.beam.WorkAhead;
import io.ticketflow.beam.WriteTables;
import io.ticketflow.method.queue.Hands;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * The pipeline of a whole sweep: the loop around {@link Cycle}. Its elements are runs, so the graph
 * grows with the number of cycles only; a run with fewer cycles leaves the stream early, and one
 * that begins with a later cycle enters there. What is made of the solutions of many cycles or runs
 * follows the last one.
 *
 * <p>Before the first cycle slots do the work of all of them ({@link WorkAhead}), so that no run
 * waits for another. The cycles' stages find it done, and hand on what comes of it.
 */
public final class TicketPipeline {
  /**
   * Rounds of the cycles that have stages of their own. What comes after them is one stage, as
   * Flink's client and JobManager go through a graph by recursion: with three quarters of the JVM's
   * stack of 1 MiB, 100 cycles of a round pass, and 25 cycles of four rounds do not.
   */
  public static final int STAGED_ROUNDS = 32;

  private final List<RunRecord> runs;
  private final List<RunSpec> specs;
  private final Workplace place;
  private final Hands hands;
  private final int staged;

  private TicketPipeline(List<RunRecord> runs, Workplace place, Hands hands, int staged) {
    this.runs = runs;
    this.specs = runs.stream().map(Specs::of).toList();
    this.place = place.forCall();
    this.hands = hands;
    this.staged = staged;
  }

  /**
   * Adds the sweep to a pipeline.
   *
   * @param runs resolved runs; their data sets must have digests
   * @param hands as many as the runner has slots
   */
  public static void build(Pipeline pipeline, List<RunRecord> runs, Workplace place, Hands hands) {
    build(pipeline, runs, place, hands, STAGED_ROUNDS);
  }

  /**
   * The same.
   *
   * @param staged rounds at most of the cycles that have stages of their own; the first cycle has
   *     them however many its rounds are
   */
  static void build(
      Pipeline pipeline, List<RunRecord> runs, Workplace place, Hands hands, int staged) {
    new TicketPipeline(runs, place, hands, staged).build(pipeline);
  }

  private void build(Pipeline pipeline) {
    PCollectionList<MetricRow> rows = PCollectionList.empty(pipeline);
    PCollectionList<MergedRecord> solutions = PCollectionList.empty(pipeline);
    // A control's tickets come from the run that it belongs to.
    List<RunRecord> starting =
        IntStream.range(0, runs.size())
            .filter(i -> runs.get(i).getInput() == null && !specs.get(i).tickets().isControl())
            .mapToObj(runs::get)
            .toList();
    if (!starting.isEmpty()) {
      Stage<RunTicket> first =
          create(pipeline, "Runs", starting)
              .apply("WorkAhead", WorkAhead.at(place, hands))
              .apply("Initialise", InitialiseTickets.at(place));
      rows = rows.and(first.rows());
      Optional<PCollection<RunTicket>> next = Optional.empty();
      List<Integer> cycles = cycles();
      int own = staged(cycles);
      for (int cycle : cycles.subList(0, own)) {
        Cycle.Result result =
            tickets(cycle, first.elements(), next)
                .apply(
                    String.format(Locale.ROOT, "Cycle%02d", cycle), Cycle.at(place, rounds(cycle)));
        rows = rows.and(result.rows().getAll());
        solutions = solutions.and(result.solutions());
        next = Optional.of(result.next());
      }
      if (cycles.size() > own) {
        int from = cycles.get(own);
        Stage<MergedRecord> rest =
            from(from, first.elements(), next.orElseThrow())
                .apply("LaterCycles", FinishRuns.at(place));
        rows = rows.and(rest.rows());
        solutions = solutions.and(rest.elements());
      }
    }
    List<RunRecord> imported = runs.stream().filter(run -> run.getInput() != null).toList();
    if (!imported.isEmpty()) {
      Stage<MergedRecord> found =
          create(pipeline, "Inputs", imported).apply("Import", ImportSolutions.at(place));
      rows = rows.and(found.rows());
      solutions = solutions.and(found.elements());
    }
    afterwards(rows, solutions)
        .apply("AllRows", Flatten.pCollections())
        .apply("WriteTables", WriteTables.at(place))
        .apply("SweepLeftovers", SweepLeftovers.at(place));
  }

  /**
   * Pools, ensembles and measures look at all cycles; where no run asks for them the graph has
   * none.
   */
  private PCollectionList<MetricRow> afterwards(
      PCollectionList<MetricRow> rows, PCollectionList<MergedRecord> solutions) {
    boolean pools = specs.stream().anyMatch(spec -> !spec.pool().isNone());
    boolean ensembles = runs.stream().anyMatch(run -> run.getEnsemble() != null);
    boolean measures = specs.stream().anyMatch(spec -> !spec.measure().take().isEmpty());
    if (!pools && !ensembles && !measures) {
      return rows;
    }
    PCollection<MergedRecord> all = solutions.apply("Solutions", Flatten.pCollections());
    PCollectionList<MetricRow> more = rows;
    if (pools) {
      more = more.and(all.apply("Pools", PoolSolutions.at(place)));
    }
    if (ensembles) {
      more = more.and(all.apply("Ensembles", MeasureEnsembles.at(place)));
    }
    if (measures) {
      more = more.and(all.apply("Measures", MeasureLandscapes.at(place)));
    }
    return more;
  }

  private static PCollection<RunRecord> create(
      Pipeline pipeline, String name, List<RunRecord> runs) {
    return pipeline.apply(name, Create.of(runs).withCoder(RecordCoder.of(RunRecord.class)));
  }

  /** A cycle's tickets: those of the cycle before, and those of runs that begin with it. */
  private PCollection<RunTicket> tickets(
      int cycle, PCollection<RunTicket> first, Optional<PCollection<RunTicket>> next) {
    if (next.isPresent() && firstCycles().noneMatch(each -> each == cycle)) {
      return next.get();
    }
    if (firstCycles().distinct().count() == 1) {
      return first;
    }
    String of = String.format(Locale.ROOT, "%02d", cycle);
    PCollection<RunTicket> beginning =
        first.apply("From" + of, Filter.by(each -> each.getTicket().getCycle() == cycle));
    return next.map(
            more ->
                PCollectionList.of(more).and(beginning).apply("Into" + of, Flatten.pCollections()))
        .orElse(beginning);
  }

  /** Tickets of a cycle, and of runs that begin with it or later. */
  private static PCollection<RunTicket> from(
      int cycle, PCollection<RunTicket> first, PCollection<RunTicket> next) {
    PCollection<RunTicket> beginning =
        first.apply("FromLater", Filter.by(each -> each.getTicket().getCycle() >= cycle));
    return PCollectionList.of(next).and(beginning).apply("IntoLater", Flatten.pCollections());
  }

  /** From the first cycle of any run to the last. */
  private List<Integer> cycles() {
    int first = firstCycles().min().orElse(0);
    int last = training().mapToInt(RunSpec::lastCycle).max().orElse(-1);
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private IntStream firstCycles() {
    return training().mapToInt(RunSpec::firstCycle);
  }

  /** Runs that train, controls included. */
  private Stream<RunSpec> training() {
    return IntStream.range(0, runs.size())
        .filter(i -> runs.get(i).getInput() == null)
        .mapToObj(specs::get);
  }

  /** How many cycles, from the first on, have stages of their own. */
  private int staged(List<Integer> cycles) {
    int some = 0;
    int rounds = 0;
    while (some < cycles.size() && (some == 0 || rounds + rounds(cycles.get(some)) <= staged)) {
      rounds += rounds(cycles.get(some));
      some++;
    }
    return some;
  }

  /** Rounds of a cycle, as many as any run may need there. */
  private int rounds(int cycle) {
    return training()
        .map(spec -> spec.adaptive().roundsOf(spec.particlesIn(cycle)))
        .max(Integer::compare)
        .orElse(1);
  }
}
