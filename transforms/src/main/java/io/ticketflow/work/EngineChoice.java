package io.ticketflow.work;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.spec.EngineName;

/** What a run's engine is where the experiment leaves it open. */
public final class EngineChoice {
  private EngineChoice() {}

  /**
   * The engine that is asked for; for auto, the one that an experiment of such a network takes less
   * time with. On CPUs this is java for networks of linear layers, and torch where there are
   * convolutions (figures in {@code runners/bench/README.md}); on GPUs, and for TorchScript, there
   * is torch alone. The answer follows from the network and the kind of device, from no timing.
   */
  public static EngineName of(EngineName asked, ModelGraph graph, DevicePolicy devices) {
    if (asked != EngineName.AUTO) {
      return asked;
    }
    boolean linear =
        graph.nodes().stream()
            .map(Node::layer)
            .noneMatch(layer -> layer instanceof Layer.Conv || layer instanceof Layer.Script);
    return linear && !devices.gpu() ? EngineName.JAVA : EngineName.TORCH;
  }
}
