package io.ticketflow.runners.sweep;

import io.ticketflow.exchange.ImportedNetwork;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.script.ScriptFile;
import io.ticketflow.network.Exclusions;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that networks of a sweep come from, each read once however many runs name it. */
final class ModelFiles {
  private final Map<List<Object>, ModelSpec> read = new HashMap<>();

  /**
   * A run's network with its files as processes in other folders find them, their digests, and what
   * their masks keep.
   *
   * @throws io.ticketflow.spec.UserException naming file and tensor, if one does not fit
   */
  ModelSpec read(RunSpec spec, ModelGraph graph) {
    List<String> exclude = spec.pruning().exclude();
    return read.computeIfAbsent(
        List.of(spec.model(), graph.parameters(), exclude),
        any -> imported(scripted(spec.model()), graph, new Exclusions(exclude)));
  }

  private static ModelSpec scripted(ModelSpec model) {
    return model.isScript()
        ? model.at(absolute(model.torchscript()), ScriptFile.read(model.torchscript()).digest())
        : model;
  }

  private static ModelSpec imported(ModelSpec model, ModelGraph graph, Exclusions exclusions) {
    if (!model.isImported()) {
      return model;
    }
    Path file = Path.of(model.weights());
    String digest = ImportedNetwork.digest(file);
    ImportedNetwork network = ImportedNetwork.read(file, model.title(), graph.parameters());
    long kept = model.masks() ? network.masks(graph.prunable(exclusions)).kept() : 0;
    return model.from(absolute(model.weights()), digest, kept);
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }
}
