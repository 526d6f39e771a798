package io.ticketflow.method;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import io.ticketflow.result.Failures;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The solutions that are improved by each other: those of one run by ascending cycle, or those of
 * all runs of an input and a seed by descending density, then run, then cycle.
 */
record Pool(List<MergedRecord> members) {
  private static final Comparator<MergedRecord> BY_CYCLE =
      comparingInt(member -> member.getTicket().getCycle());
  private static final Comparator<MergedRecord> BY_DENSITY =
      comparingLong((MergedRecord member) -> -member.getTicket().getKept())
          .thenComparing(comparing(member -> member.getRun().getRun()))
          .thenComparing(BY_CYCLE);

  /** What the solutions of one pool have in common. */
  static String key(RunRecord run) {
    RunSpec spec = Specs.of(run);
    return isJoined(run)
        ? CanonicalJson.write(
            List.of("joined", run.getInput().getOutput(), run.getSeed(), spec.pool()))
        : CanonicalJson.write(List.of("run", run.getRun()));
  }

  /** Whether candidates are of several runs, so that a cycle does not tell which is meant. */
  static boolean isJoined(RunRecord run) {
    return run.getInput() != null && Specs.of(run).pool().joined();
  }

  /** The pool of those solutions, which come in any order. */
  static Pool of(Iterable<MergedRecord> solutions) {
    List<MergedRecord> members = new ArrayList<>();
    solutions.forEach(members::add);
    members.sort(isJoined(members.get(0).getRun()) ? BY_DENSITY : BY_CYCLE);
    return new Pool(members);
  }

  List<SolutionRecord> solutions() {
    return members.stream().map(Tickets::solution).toList();
  }

  /** Why no pool can be made of these: one record a run, none if it can. */
  List<FailureRecord> refusals() {
    Map<String, RunRecord> runs = new TreeMap<>();
    members.forEach(member -> runs.putIfAbsent(member.getRun().getRun(), member.getRun()));
    Map<String, FailureRecord> missing = new LinkedHashMap<>();
    for (RunRecord run : runs.values()) {
      RunSpec spec = Specs.of(run);
      IntStream.rangeClosed(spec.firstCycle(), spec.lastCycle())
          .filter(cycle -> spec.regime().delivers(cycle) && !has(run, cycle))
          .findFirst()
          .ifPresent(
              cycle ->
                  missing.put(
                      run.getRun(),
                      Failures.of(
                          run,
                          cycle,
                          null,
                          "there is no solution of run " + run.getRun() + " for the pool")));
    }
    if (!missing.isEmpty()) {
      return List.copyOf(missing.values());
    }
    RunRecord first = runs.values().iterator().next();
    for (RunRecord run : runs.values()) {
      String different = difference(Specs.of(first), Specs.of(run));
      if (!different.isEmpty()) {
        String message =
            String.format(
                Locale.ROOT,
                "a pool must be of one model and data set, but the runs %s and %s differ in %s",
                first.getRun(),
                run.getRun(),
                different);
        return runs.values().stream()
            .map(each -> Failures.of(each, Specs.of(each).firstCycle(), null, message))
            .toList();
      }
    }
    return List.of();
  }

  private boolean has(RunRecord run, int cycle) {
    return members.stream()
        .anyMatch(
            member ->
                member.getRun().getRun().equals(run.getRun())
                    && member.getTicket().getCycle() == cycle);
  }

  private static String difference(RunSpec a, RunSpec b) {
    if (!a.model().withoutLocation().equals(b.model().withoutLocation())) {
      return "model: " + a.model().title() + " and " + b.model().title();
    }
    if (!a.data().withoutLocation().equals(b.data().withoutLocation())) {
      return "data";
    }
    return a.pruning().exclude().equals(b.pruning().exclude()) ? "" : "pruning.exclude";
  }
}
