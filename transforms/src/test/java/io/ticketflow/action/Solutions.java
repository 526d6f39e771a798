package io.ticketflow.action;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Done;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Runs of three cycles whose solutions are drawn, not trained: LeNet on glyphs. */
public final class Solutions {
  public static final PoolSpec ALL_KINDS =
      new PoolSpec(List.of(PoolSpec.Kind.values()), List.of(0.3, 0.7), 0.6, List.of(), false);
  private static final DataSpec DATA =
      new DataSpec("glyphs", "", "", 90, 20, 0.4, 0, 28, 1, 7, 0, false);

  private Solutions() {}

  /** A run that leaves its last layer whole. */
  public static RunSpec spec(PoolSpec pool, int members) {
    RunSpec plain =
        new RunSpec(
            1,
            DATA.withDigest(Datasets.digest(DATA)),
            new ModelSpec("lenet-300-100", 0, "cifar"),
            new TrainingSpec(
                1,
                0,
                32,
                0,
                0,
                new OptimiserSpec(OptimiserSpec.Name.SGD, 0.9, false, 0, true, 0.9, 0.999, 1e-8),
                new ScheduleSpec(ScheduleSpec.Name.CONSTANT, 0.1, List.of(), 0.1, 0, 0),
                new SwaSpec(0, 1)),
            new PruningSpec(
                PruningSpec.Criterion.MAGNITUDE,
                PruningSpec.Scope.GLOBAL,
                0.5,
                2,
                false,
                List.of(),
                List.of("fc3.*")),
            List.of(1),
            new NextCycleSpec(NextCycleSpec.Weights.REWIND, RateRule.LRW),
            new EvaluationSpec(32, 32, 0, 15, false));
    return new RunSpec(
        plain.seed(),
        plain.data(),
        plain.model(),
        plain.training(),
        plain.pruning(),
        plain.particles(),
        plain.merge(),
        plain.nextCycle(),
        plain.variation(),
        plain.adaptive(),
        plain.tickets(),
        pool,
        members,
        0,
        plain.evaluation());
  }

  /** What a worker makes of an action, or finds. */
  public static <R extends SpecificRecord> Done<R> perform(Workplace place, Action<R> action) {
    return new Worker(place).perform(action, Purpose.of(run("any", spec(PoolSpec.NONE, 1)), 0));
  }

  public static RunRecord run(String name, RunSpec spec) {
    return RunRecord.newBuilder()
        .setRun(name)
        .setMethod("imp")
        .setVariant("")
        .setDataset("glyphs")
        .setModel(spec.model().name())
        .setSeed(spec.seed())
        .setSpec(CanonicalJson.write(spec))
        .build();
  }

  public static ModelGraph graph(RunSpec spec) {
    return ModelZoo.build(spec.model(), 1, 28, 28, Datasets.load(spec.data()).train().classes());
  }

  /** A network drawn by that seed, pruned to what the cycle keeps. */
  public static SparseNetwork network(RunSpec spec, long seed, int cycle) {
    TensorSet drawn = Initialisation.draw(graph(spec), seed);
    Exclusions excluded = new Exclusions(spec.pruning().exclude());
    Map<String, Mask> all = new LinkedHashMap<>();
    for (Tensor tensor : drawn.tensors()) {
      if (tensor.role() == TensorRole.PRUNABLE && !excluded.contains(tensor.name())) {
        all.put(tensor.name(), Mask.full(tensor.values().length));
      }
    }
    long total = new SparseNetwork(drawn, new Masks(all)).total();
    Masks masks =
        NetworkPruning.prune(
            drawn,
            new Masks(all),
            new MagnitudeRanking(),
            PruningSpec.Scope.GLOBAL,
            spec.keptIn(cycle, total));
    masks.byName().forEach((name, mask) -> mask.applyTo(drawn.get(name).values()));
    return new SparseNetwork(drawn, masks);
  }

  /** The solutions of a run's cycles 0 … 2, as recalibration stores them. */
  public static List<MergedRecord> of(Workplace place, RunRecord run, long seed) {
    RunSpec spec = Specs.of(run);
    List<MergedRecord> solutions = new ArrayList<>();
    for (int cycle = 0; cycle <= 2; cycle++) {
      SparseNetwork network = network(spec, seed + cycle, cycle);
      ArtifactRef plain = place.artifacts().save(network.weights(), network.masks());
      ArtifactRef weights =
          perform(place, RecalibrationAction.of(place, spec, plain)).result().getArtifact();
      TicketRecord ticket =
          new TicketRecord(
              run.getRun(),
              run.getMethod(),
              run.getVariant(),
              run.getSeed(),
              cycle,
              (double) network.kept() / network.total(),
              network.kept(),
              network.total(),
              List.of(),
              plain,
              plain);
      solutions.add(
          MergedRecord.newBuilder()
              .setRun(run)
              .setTicket(ticket)
              .setWeights(weights)
              .setParticles(List.of(plain))
              .build());
    }
    return solutions;
  }
}
