package io.ticketflow.action.prune;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Attempt;

/**
 * A criterion that looks at the network as a whole: it is held in the heap and scored on a device.
 * Entries without a score, such as where no gradient arrives, tie.
 */
interface ScoredCriterion extends MaskCriterion {
  /**
   * The masks of the entries that stay.
   *
   * @param network all of its weights are finite
   * @param left its masks now
   * @param kept how many stay, exactly, at least 1
   * @param calculator the run's
   */
  Masks survivors(
      Networks networks,
      RunSpec spec,
      TensorSet network,
      Masks left,
      long kept,
      Calculator calculator,
      Device device);

  @Override
  default PrunedMask prune(
      Attempt at, RunSpec spec, long kept, ArtifactRef weights, ArtifactRef mask) {
    ArtifactPruning.requireSome(kept);
    ArtifactStore artifacts = at.artifacts();
    return at.onDevice(
        engine(spec),
        device -> {
          TensorSet network = artifacts.load(weights);
          network
              .tensors()
              .forEach(tensor -> NonFiniteWeightsException.check(tensor.name(), tensor.values()));
          return artifacts.saveMasks(
              network,
              survivors(
                  Networks.of(spec),
                  spec,
                  network,
                  artifacts.loadMasks(mask),
                  kept,
                  at.place().calculator(spec, device),
                  device));
        });
  }
}
