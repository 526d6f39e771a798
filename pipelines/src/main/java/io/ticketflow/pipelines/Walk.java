package io.ticketflow.pipelines;

import io.ticketflow.method.DecideRound;
import io.ticketflow.method.ImportRun;
import io.ticketflow.method.MakePools;
import io.ticketflow.method.MeasureEnsemble;
import io.ticketflow.method.MeasureSolution;
import io.ticketflow.method.MergeParticles;
import io.ticketflow.method.NextTicket;
import io.ticketflow.method.RoundOfParticles;
import io.ticketflow.method.StartRun;
import io.ticketflow.method.TakeMeasures;
import io.ticketflow.method.TrainParticle;
import io.ticketflow.method.step.Step;
import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The steps of a run one after the other, in this thread: what {@link TicketPipeline} takes on many
 * workers.
 *
 * @param solutions that it came to
 */
record Walk(DryRun by, List<MergedRecord> solutions) {
  /** Takes every step of a run. */
  static Walk of(DryRun by, RunRecord run) {
    Walk walk = new Walk(by, new ArrayList<>());
    if (run.getInput() != null) {
      walk.solutions.addAll(walk.take(ImportRun::take, run));
    } else if (!Specs.of(run).tickets().isControl()) { // a control has another run's tickets
      walk.take(StartRun::take, run).forEach(walk::cycles);
    }
    return walk;
  }

  /** Takes every step that solutions of several runs go into. */
  static void gather(DryRun by, List<MergedRecord> solutions) {
    Walk walk = new Walk(by, solutions);
    for (List<MergedRecord> pool : walk.gathered(MakePools::isWanted, MakePools::key).values()) {
      List<PoolTask> tasks = walk.take(MakePools::fanOut, pool);
      tasks.forEach(task -> walk.take(MakePools::improve, task));
    }
    walk.gathered(MeasureEnsemble::isWanted, MeasureEnsemble::key)
        .values()
        .forEach(members -> walk.take(MeasureEnsemble::take, members));
    walk.measures();
  }

  private void measures() {
    gathered(TakeMeasures::keys)
        .forEach(
            (key, group) -> {
              Step<List<MergedRecord>, MeasureTask> fanOut =
                  (dry, gathered, out) -> TakeMeasures.fanOut(dry, key, gathered, out);
              take(fanOut, group).forEach(task -> take(TakeMeasures::take, task));
            });
  }

  /** The cycle of a ticket, and all that come after it. */
  private void cycles(RunTicket ticket) {
    for (MergedRecord solution : take(MeasureSolution::take, network(ticket))) {
      solutions.add(solution);
      take(NextTicket::take, solution).forEach(this::cycles);
    }
  }

  /** The merged network of a ticket's particles, after as many rounds as it takes. */
  private MergedRecord network(RunTicket ticket) {
    List<ParticleRecord> particles = new ArrayList<>(take(RoundOfParticles::earlier, ticket));
    for (ParticleTask task : take(RoundOfParticles::fanOut, ticket)) {
      particles.addAll(take(TrainParticle::take, task));
    }
    MergedRecord merged = MergeParticles.of(by, particles);
    DecideRound.Decision decision = DecideRound.of(by, merged, row -> {});
    return decision.decided().orElseGet(() -> network(decision.more().orElseThrow()));
  }

  private Map<String, List<MergedRecord>> gathered(
      Predicate<MergedRecord> wanted, Function<MergedRecord, String> key) {
    return gathered(one -> wanted.test(one) ? List.of(key.apply(one)) : List.of());
  }

  private Map<String, List<MergedRecord>> gathered(Function<MergedRecord, List<String>> keys) {
    Map<String, List<MergedRecord>> groups = new LinkedHashMap<>();
    for (MergedRecord one : solutions) {
      for (String key : keys.apply(one)) {
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
      }
    }
    return groups;
  }

  private <I, O> List<O> take(Step<I, O> step, I element) {
    List<O> elements = new ArrayList<>();
    step.take(
        by,
        element,
        new Yield<>() {
          @Override
          public void element(O next) {
            elements.add(next);
          }

          @Override
          public void row(MetricRow row) {
            // rows are for tables
          }
        });
    return elements;
  }
}
