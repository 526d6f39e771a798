package io.ticketflow.runners.export;

import io.ticketflow.exchange.export.ArtifactNetwork;
import io.ticketflow.exchange.export.Compaction;
import io.ticketflow.exchange.export.ExportFormat;
import io.ticketflow.exchange.export.ExportedNetwork;
import io.ticketflow.exchange.export.InputScaling;
import io.ticketflow.exchange.export.NetworkSource;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.KnownDatasets;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One export.
 *
 * @param versions of Ticketflow and of what the run was computed with
 * @param what as the user wrote it
 * @param sparse see {@link ExportFormat#write}
 * @param compact whether channels that do nothing are cut out first
 * @param pixels whether the scaling of pixels is exported too, for which the data are read
 */
public record NetworkExport(
    PlannedRun run,
    SortedMap<String, String> versions,
    PublishedNetwork network,
    String what,
    ExportFormat format,
    boolean sparse,
    boolean compact,
    boolean pixels) {
  /** What was written: entries kept, and all that masks cover, before any channel was cut. */
  public record Counts(long kept, long total) {}

  /** Writes the file, whole or not at all. */
  public Counts write(Location output, Path file) throws IOException {
    ArtifactNetwork tensors = network.open(new ArtifactStore(output.blobs()));
    Counts counts = counts(tensors);
    Optional<ModelGraph> graph =
        compact || format.needsGraph() ? Optional.of(graph(tensors.specs())) : Optional.empty();
    NetworkSource source = tensors;
    if (compact && graph.isPresent()) {
      Compaction cut = Compaction.of(graph.get(), tensors.load());
      graph = Optional.of(cut.graph());
      source = NetworkSource.of(cut.network());
    }
    Optional<InputScaling> scaling = pixels ? Optional.of(scaling()) : Optional.empty();
    ExportedNetwork exported =
        new ExportedNetwork(source, graph, scaling, metadata(counts, scaling));
    AtomicFile.write(file, next -> format.write(exported, sparse, next));
    return counts;
  }

  private static Counts counts(NetworkSource network) {
    long total =
        network.specs().stream()
            .filter(spec -> network.kept().containsKey(spec.name()))
            .mapToLong(ParameterSpec::size)
            .sum();
    return new Counts(network.kept().values().stream().mapToLong(Integer::longValue).sum(), total);
  }

  /** The run's model for its images, with as many classes as the network gives. */
  private ModelGraph graph(List<ParameterSpec> specs) {
    RunSpec spec = run.spec();
    if (spec.model().isScript()) {
      throw UserException.of(
          "Run %s trains %s, a TorchScript file: export its tensors (--format safetensors or npz,"
              + " without --compact) and load them into that module.",
          run.run(), spec.model().title());
    }
    Datasets.Shape shape = KnownDatasets.of(spec.data()).shape().apply(spec.data());
    int classes = Math.toIntExact(specs.get(specs.size() - 1).shape().get(0));
    ModelGraph graph =
        ModelZoo.build(spec.model(), shape.channels(), shape.height(), shape.width(), classes);
    if (!graph.parameters().equals(specs)) {
      throw UserException.of(
          "The tensors of run %s are not those of model %s for images of %s×%s×%s.",
          run.run(), spec.model().name(), shape.channels(), shape.height(), shape.width());
    }
    return graph;
  }

  private InputScaling scaling() {
    DataSplits data = Datasets.load(run.spec().data());
    return new InputScaling(floats(data.mean()), floats(data.std()));
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private Map<String, String> metadata(Counts counts, Optional<InputScaling> scaling) {
    Map<String, String> facts = new TreeMap<>(network.digests());
    facts.put("run", run.run());
    facts.put("method", network.method());
    facts.put("variant", network.variant());
    facts.put("seed", String.valueOf(network.seed()));
    facts.put("cycle", String.valueOf(network.cycle()));
    facts.put("what", what);
    facts.put("form", (compact ? "compact, " : "") + (sparse ? "sparse" : "dense"));
    facts.put("model", run.spec().model().title());
    facts.put("model.width", String.valueOf(run.spec().model().width()));
    facts.put("model.stem", run.spec().model().stem());
    facts.put("dataset", run.spec().data().name());
    facts.put("kept", String.valueOf(counts.kept()));
    facts.put("total", String.valueOf(counts.total()));
    versions.forEach((name, version) -> facts.put("version." + name, version));
    boolean within = scaling.isPresent() && format.needsGraph();
    facts.put(
        "input",
        within
            ? "images N, C, H, W of float32: pixels from 0 to 1"
            : "images N, C, H, W of float32: (pixel / 255 - mean) / std of the channel in the "
                + "train split");
    scaling.ifPresent(
        scales -> {
          facts.put("input.mean", scales.mean().toString());
          facts.put("input.std", scales.std().toString());
        });
    return facts;
  }
}
