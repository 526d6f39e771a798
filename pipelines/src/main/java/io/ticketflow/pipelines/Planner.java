package io.ticketflow.pipelines;

import io.ticketflow.action.Actions;
import io.ticketflow.action.ControlAction;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.MaskStep;
import io.ticketflow.action.MatchingTicketAction;
import io.ticketflow.action.PruningAction;
import io.ticketflow.action.RegrowthAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.TicketsSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Walks the cycles of runs as the pipeline will, with lookups in place of work. */
final class Planner {
  private final Workplace place;
  private final Actions store;
  private final PlanWalk.Book book = new PlanWalk.Book();
  private final Map<String, Map<Integer, List<String>>> ensembles = new HashMap<>();

  Planner(Workplace place) {
    this.place = place;
    this.store = new Actions(place);
  }

  List<PlannedAction> actions() {
    return book.planned;
  }

  /** Plans a run and its controls; those alone are planned with the run that they belong to. */
  void plan(RunRecord run) {
    RunSpec spec = specOf(run);
    PlanWalk walk = walk(run, spec);
    if (run.getInput() != null) {
      PlannedPools.ofInput(place, walk, run, spec);
      return;
    }
    if (spec.tickets().isControl()) {
      return;
    }
    Map<Integer, Ticket> tickets = cycles(run, spec, walk);
    for (RunRecord control : run.getControls()) {
      RunSpec its = specOf(control);
      PlanWalk itsWalk = walk(control, its);
      tickets.forEach((cycle, ticket) -> control(its, itsWalk, cycle, ticket));
    }
  }

  /** A mask on weights, by digest or name. */
  private record Ticket(String start, String mask) {}

  private Map<Integer, Ticket> cycles(RunRecord run, RunSpec spec, PlanWalk walk) {
    int rewind = spec.training().rewindEpochs();
    long passes = (long) rewind * spec.training().optimiser().passes();
    String first =
        walk.train(
                "matching ticket", MatchingTicketAction.key(place, spec), 0, null, rewind, passes)
            .weights();
    String full = walk.artifact("prune", PruningAction.denseKey(spec, first), 0);
    Map<Integer, Ticket> tickets = new TreeMap<>();
    List<String> solutions = new ArrayList<>();
    PlannedCycle.Made before = new PlannedCycle.Made("", "");
    String mask = full;
    String start = first;
    for (int cycle = spec.firstCycle(); cycle <= spec.lastCycle(); cycle++) {
      String earlier = mask;
      mask = mask(spec, walk, cycle, start, full, earlier, before);
      if (cycle > spec.firstCycle() && !spec.rewinds()) {
        start = start(spec, walk, cycle, before, earlier, mask);
      }
      tickets.put(cycle, new Ticket(start, mask));
      before = new PlannedCycle(place, spec, walk, cycle).plan(start, mask);
      solutions.add(before.solution());
      if (run.getEnsemble() != null) {
        ensemble(run, spec, walk, cycle, before.solution());
      }
    }
    PlannedPools.of(place, walk, spec, solutions, walk.total());
    return tickets;
  }

  private String mask(
      RunSpec spec,
      PlanWalk walk,
      int cycle,
      String start,
      String full,
      String previous,
      PlannedCycle.Made before) {
    MaskStep step = MaskStep.of(spec, cycle);
    long kept = spec.keptIn(cycle, walk.total());
    return switch (step.kind()) {
      case FULL -> full;
      case START ->
          walk.artifact(
              "prune", PruningAction.key(place, spec, step.criterion(), kept, start, full), cycle);
      case SOLUTION ->
          walk.artifact(
              "prune",
              PruningAction.key(place, spec, step.criterion(), kept, before.solution(), previous),
              cycle);
      case LATENT -> {
        String all = walk.artifact("prune", PruningAction.denseKey(spec, start), cycle);
        yield walk.artifact(
            "prune",
            PruningAction.key(place, spec, step.criterion(), kept, before.latent(), all),
            cycle);
      }
      case REGROW ->
          walk.artifact(
              "regrow", RegrowthAction.key(place, spec, cycle, before.solution(), previous), cycle);
    };
  }

  private static String start(
      RunSpec spec,
      PlanWalk walk,
      int cycle,
      PlannedCycle.Made before,
      String previous,
      String changed) {
    if (MaskStep.of(spec, cycle).kind() != MaskStep.Kind.REGROW) {
      return before.latent();
    }
    String solution = before.solution();
    return walk.artifact(
        "regrow", RegrowthAction.weightsKey(spec, cycle, solution, previous, changed), cycle);
  }

  private void control(RunSpec spec, PlanWalk walk, int cycle, Ticket ticket) {
    String mask =
        spec.tickets().mask() == TicketsSpec.Mask.SAME
            ? ticket.mask()
            : walk.artifact("shuffle", ControlAction.shuffleKey(spec, ticket.mask()), cycle);
    String start =
        spec.tickets().weights() == TicketsSpec.Weights.SAME
            ? ticket.start()
            : walk.artifact("reinitialise", ControlAction.reinitialisationKey(spec), cycle);
    new PlannedCycle(place, spec, walk, cycle).plan(start, mask);
  }

  /** Planned with the ensemble's last member. */
  private void ensemble(RunRecord run, RunSpec spec, PlanWalk walk, int cycle, String solution) {
    List<String> members =
        ensembles
            .computeIfAbsent(run.getEnsemble(), e -> new HashMap<>())
            .computeIfAbsent(cycle, c -> new ArrayList<>());
    members.add(solution);
    if (members.size() == spec.members()) {
      walk.evaluate(EvaluationAction.key(place, spec, members), cycle, null);
    }
  }

  private PlanWalk walk(RunRecord run, RunSpec spec) {
    long images = Datasets.load(spec.data()).train().count();
    return new PlanWalk(store, book, run.getRun(), images);
  }

  private static RunSpec specOf(RunRecord run) {
    return CanonicalJson.read(run.getSpec(), RunSpec.class);
  }
}
