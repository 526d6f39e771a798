package io.ticketflow.work;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.UserException;
import java.util.Locale;

/** A run's engine, and whether it can do what the command asks for. */
public final class EngineChoice {
  private EngineChoice() {}

  /**
   * The engine that is asked for; for auto, the one that an experiment of such a network takes less
   * time with. On CPUs this is java for networks of linear layers, and torch where there are
   * convolutions (figures in {@code runners/bench/README.md}); on GPUs, and for TorchScript, there
   * is torch alone. The answer follows from the network and the kind of device, from no timing.
   *
   * @throws UserException if it does not know a layer of the network, or if several threads a
   *     training are asked for, which it does not take
   */
  public static EngineName of(EngineName asked, ModelGraph graph, DevicePolicy devices) {
    EngineName chosen = asked == EngineName.AUTO ? chosen(graph, devices) : asked;
    for (Node node : graph.nodes()) {
      if (!Engines.of(chosen).computes().test(node.layer())) {
        throw UserException.of(
            "training.engine must be torch for this network: engine %s does not know its layer %s",
            chosen.name().toLowerCase(Locale.ROOT), node.name());
      }
    }
    if (devices.threads() > 1 && !Engines.of(chosen).onThreads()) {
      throw UserException.of(
          "--threadsPerTraining must be 1 for engine %s, which trains on one thread; engine java"
              + " takes several",
          chosen.name().toLowerCase(Locale.ROOT));
    }
    return chosen;
  }

  /**
   * Loads what an engine needs, so that nothing is begun that could not go on.
   *
   * @throws java.io.UncheckedIOException in one sentence, if it cannot be loaded
   */
  public static void require(EngineName engine) {
    Engines.of(engine).require().run();
  }

  private static EngineName chosen(ModelGraph graph, DevicePolicy devices) {
    boolean linear =
        graph.nodes().stream()
            .map(Node::layer)
            .noneMatch(
                layer ->
                    layer instanceof Layer.Conv
                        || !Engines.of(EngineName.JAVA).computes().test(layer));
    return linear && !devices.gpu() ? EngineName.JAVA : EngineName.TORCH;
  }
}
