package io.ticketflow.runners.merge;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.Networks;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.exchange.ImportedNetwork;
import io.ticketflow.exchange.export.ArtifactNetwork;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.method.merge.MergeRule;
import io.ticketflow.method.merge.MergeRules;
import io.ticketflow.method.merge.Particles;
import io.ticketflow.method.step.Yield;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks of files, merged into one under a common mask: an entry is kept where one of the files
 * keeps it. BatchNorm of the merged network is recalibrated as a run's is.
 *
 * @param graph of all of them
 * @param members each file's network, in the order of the files
 * @param merged the one that is made of them
 * @param tries what the rule tried, in order; empty of rules that try nothing
 * @param sameMasks whether all files have one mask
 */
public record FileMerge(
    ModelGraph graph,
    List<Judged> members,
    Judged merged,
    List<SearchRow> tries,
    boolean sameMasks) {
  /** A network, and its measures on each split that has images. */
  public record Judged(ArtifactNetwork network, List<SplitScores> scores) {}

  /**
   * Merges files.
   *
   * @param anchor the network from which those of the files set out, if the rule needs it
   * @param run says model, data, and how networks are merged, recalibrated and measured
   * @param place where artifacts lie meanwhile
   * @throws io.ticketflow.spec.UserException naming file and tensor, if one does not fit
   */
  public static FileMerge of(
      List<Path> files, Optional<Path> anchor, RunRecord run, Workplace place) {
    RunSpec spec = Specs.of(run);
    Networks networks = Networks.of(spec);
    ModelGraph graph = networks.graph();
    List<ImportedNetwork> read =
        files.stream()
            .map(file -> ImportedNetwork.read(file, spec.model().title(), graph.parameters()))
            .toList();
    List<Masks> masks =
        read.stream().map(network -> network.masks(graph.prunable(Exclusions.NONE))).toList();
    Masks common = masks.stream().reduce(FileMerge::union).orElseThrow();
    List<ArtifactRef> members =
        read.stream().map(network -> place.artifacts().save(network.weights(), common)).toList();
    Worker worker = new Worker(place);
    Purpose purpose = Purpose.of(run, 0);
    Particles particles =
        new Particles(
            members,
            anchor
                .map(file -> ImportedNetwork.read(file, spec.model().title(), graph.parameters()))
                .map(network -> place.artifacts().save(network.weights(), Masks.NONE)));
    MergeRule rule = MergeRules.of(spec, particles);
    ArtifactRef merged = rule.merge(worker, purpose, particles);
    ArtifactRef recalibrated =
        worker.perform(RecalibrationAction.of(place, spec, merged), purpose).result().getArtifact();
    Tries tries = new Tries(new ArrayList<>());
    rule.tell(worker, purpose, particles, Rows.dense(run), tries);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      // a file's network is told with its own mask, which keeps the same weights
      ArtifactRef own = place.artifacts().save(read.get(i).weights(), masks.get(i));
      judged.add(judge(worker, purpose, spec, own));
    }
    return new FileMerge(
        graph,
        judged,
        judge(worker, purpose, spec, recalibrated),
        tries.found(),
        masks.stream().allMatch(common::equals));
  }

  private static Judged judge(Worker worker, Purpose purpose, RunSpec spec, ArtifactRef network) {
    List<SplitScores> scores =
        worker
            .perform(EvaluationAction.of(worker.place(), spec, List.of(network)), purpose)
            .result()
            .getSplits();
    return new Judged(ArtifactNetwork.of(worker.place().artifacts(), network), scores);
  }

  private static Masks union(Masks a, Masks b) {
    return a.map((tensor, mask) -> mask.or(b.byName().getOrDefault(tensor, mask)));
  }

  /** Keeps what a rule tells of its tries. */
  private record Tries(List<SearchRow> found) implements Yield<Object> {
    @Override
    public void element(Object element) {
      throw new IllegalStateException("a merge rule tells rows only");
    }

    @Override
    public void row(MetricRow row) {
      if (row.getRow() instanceof SearchRow search) {
        found.add(search);
      }
    }
  }
}
