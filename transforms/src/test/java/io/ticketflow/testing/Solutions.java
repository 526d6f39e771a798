package io.ticketflow.testing;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.action.RecalibrationAction;
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
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
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
  public static final String ALL_KINDS =
      "pool: {kinds: [lottery, average, swa, ema, earlier-mean, earlier-ema], coefficients: [0.3,"
          + " 0.7], decay: 0.6}";

  private Solutions() {}

  /** A run that leaves its last layer whole; more lines of settings come after. */
  public static RunSpec spec(String... more) {
    RunSpec run =
        TestSettings.run(
            List.of(
                "data: {train: 90, test: 20, validation: 0.4, size: 28, seed: 7}",
                "training: {epochs: 1, batchSize: 32, validateEvery: 0, swa.fraction: 0}",
                "training.optimiser.weightDecay: 0",
                "pruning: {rate: 0.5, cycles: 2, exclude: fc3.*}",
                "particles: 1",
                "evaluation: {batchSize: 32, recalibrationBatchSize: 32, ensemble: false}"),
            more);
    return run.withData(run.data().withDigest(Datasets.digest(run.data())));
  }

  /** What a worker makes of an action, or finds. */
  public static <R extends SpecificRecord> Done<R> perform(Workplace place, Action<R> action) {
    return new Worker(place).perform(action, Purpose.of(run("any", spec()), 0));
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
    TensorSet drawn = Initialisation.draw(graph(spec), HE, seed);
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
              plain,
              List.of());
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
