package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a greedy soup and a pool share: they make a network by what validation says. */
final class SearchAction {
  private SearchAction() {}

  static Kind<SoupResult> kind(String name, int codeVersion) {
    return new Kind<>(
        name, codeVersion, SoupResult.class, result -> Optional.of(result.getWeights()));
  }

  /**
   * A search.
   *
   * @param spec whose engine searches
   * @param promised counts that add up to those of the network; empty where they are not used
   * @param work all of the result but its key, time and device
   */
  static Action<SoupResult> of(
      Kind<SoupResult> kind,
      RunSpec spec,
      Object dependsOn,
      List<ArtifactRef> inputs,
      List<LayerCount> promised,
      BiFunction<Attempt, Device, SoupResult.Builder> work) {
    return Action.of(
        kind,
        dependsOn,
        inputs,
        made ->
            SoupResult.newBuilder()
                .setAction("")
                .setWeights(made)
                .setFirstAccuracy(0)
                .setLastAccuracy(0)
                .setTrials(List.of())
                .setLayers(promised)
                .setSeconds(0)
                .setDevice("")
                .build(),
        at -> at.onDevice(spec.training().engine(), device -> finish(at, work.apply(at, device))));
  }

  private static SoupResult finish(Attempt at, SoupResult.Builder result) {
    return result.setAction(at.key()).setSeconds(at.seconds()).setDevice(at.device()).build();
  }
}
