package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.PoolAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What the runs' specifications make of their solutions once all cycles are there: Lottery Pools
 * and the averages of tickets, written to pools/ and measured. Comes out: their rows. Runs without
 * a pool are passed over; one that lacks a solution, or does not fit its pool, ends as a failure.
 */
public final class PoolSolutions
    extends PTransform<PCollection<MergedRecord>, PCollection<MetricRow>> {
  private static final TupleTag<KV<String, PoolTask>> TASKS = new TupleTag<>("tasks") {};

  private final Workplace place;

  private PoolSolutions(Workplace place) {
    this.place = place;
  }

  public static PoolSolutions at(Workplace place) {
    return new PoolSolutions(place);
  }

  @Override
  public PCollection<MetricRow> expand(PCollection<MergedRecord> solutions) {
    PCollectionTuple tasks =
        solutions
            .apply("WithPool", Filter.by(PoolSolutions::hasPool))
            .apply("KeyByPool", WithKeys.of(solution -> Pool.key(solution.getRun())))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(MergedRecord.class)))
            .apply("GatherPool", GroupByKey.create())
            .apply("FanOut", ParDo.of(new FanOutFn(place)).withOutputTags(TASKS, Stage.WITH_ROWS));
    PCollection<MetricRow> refusals =
        tasks.get(Stage.ROWS).setCoder(AvroCoder.specific(MetricRow.class));
    PCollection<MetricRow> rows =
        tasks
            .get(TASKS)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(PoolTask.class)))
            .apply("Share", new GroupByAction<>())
            .apply("ImproveAndEvaluate", ParDo.of(new ImproveFn(place)))
            .setCoder(AvroCoder.specific(MetricRow.class));
    return PCollectionList.of(refusals).and(rows).apply("Rows", Flatten.pCollections());
  }

  private static boolean hasPool(MergedRecord solution) {
    return solution.getFailure() == null && !Specs.of(solution.getRun()).pool().isNone();
  }

  /** One task a kind and target, keyed by its action. */
  private static final class FanOutFn
      extends DoFn<KV<String, Iterable<MergedRecord>>, KV<String, PoolTask>> {
    private final Workplace place;

    FanOutFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<MergedRecord>> gathered, MultiOutputReceiver out) {
      Pool pool = Pool.of(gathered.getValue());
      List<FailureRecord> refusals = pool.refusals();
      refusals.forEach(
          refusal -> out.get(Stage.ROWS).output(new MetricRow(refusal.getRun(), refusal)));
      if (!refusals.isEmpty()) {
        return;
      }
      List<SolutionRecord> solutions = pool.solutions();
      for (int target = 0; target < solutions.size(); target++) {
        RunRecord run = pool.members().get(target).getRun();
        PoolSpec spec = Specs.of(run).pool();
        int cycle = solutions.get(target).getCycle();
        for (PoolSpec.Kind kind : spec.kinds()) {
          if (spec.makes(kind, target, cycle)) {
            out.get(TASKS).output(task(run, kind, target, solutions));
          }
        }
      }
    }

    private KV<String, PoolTask> task(
        RunRecord run, PoolSpec.Kind kind, int target, List<SolutionRecord> solutions) {
      String action =
          PoolAction.key(
              place,
              Specs.of(run),
              kind,
              target,
              solutions.stream().map(solution -> solution.getWeights().getSha256()).toList(),
              solutions.get(target).getKept());
      return KV.of(action, new PoolTask(action, run, PoolAction.name(kind), target, solutions));
    }
  }

  /** Makes a pool's network once, and measures it for every run that asked for it. */
  private static final class ImproveFn extends DoFn<KV<String, Iterable<PoolTask>>, MetricRow> {
    private final Workplace place;

    ImproveFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<PoolTask>> request, OutputReceiver<MetricRow> rows) {
      for (PoolTask task : request.getValue()) {
        try {
          improve(task, rows);
        } catch (ActionFailedException e) {
          String message = "pool " + task.getKind() + ": " + e.getMessage();
          int cycle = task.getSolutions().get(task.getTarget()).getCycle();
          rows.output(
              new MetricRow(
                  task.getRun().getRun(), Failures.of(task.getRun(), cycle, null, message)));
        }
      }
    }

    private void improve(PoolTask task, OutputReceiver<MetricRow> rows) {
      RunSpec spec = Specs.of(task.getRun());
      Rows table = Rows.of(task.getRun(), task.getSolutions().get(task.getTarget()));
      Done<SoupResult> pooled = PoolAction.perform(place, spec, task);
      List<TrialRecord> trials = named(task, pooled.result().getTrials());
      Pools.write(place.blobs(), task, pooled.result(), trials);
      Done<EvaluationResult> evaluated =
          EvaluationAction.perform(place, spec, List.of(pooled.result().getWeights()));
      table.scores(subject(task.getKind()), evaluated.result()).forEach(rows::output);
      table.searches(task.getKind(), trials).forEach(rows::output);
      rows.output(table.costs().search("pool", pooled));
      rows.output(table.costs().evaluation(null, evaluated));
    }

    /** A candidate by its cycle, or by its place among the solutions of several runs. */
    private static List<TrialRecord> named(PoolTask task, List<TrialRecord> trials) {
      if (Pool.isJoined(task.getRun())) {
        return trials;
      }
      return trials.stream()
          .map(
              trial ->
                  TrialRecord.newBuilder(trial)
                      .setCandidate(task.getSolutions().get(trial.getCandidate()).getCycle())
                      .build())
          .toList();
    }

    private static String subject(String kind) {
      return kind.equals(PoolAction.name(PoolSpec.Kind.LOTTERY)) ? "pool" : "pool-" + kind;
    }
  }
}
