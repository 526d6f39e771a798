package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.math.Mask;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights that a training moves and the masks that they are under.
 *
 * <p>Either the moved weights are the network's own, with +0 where they are pruned, and the mask is
 * laid on gradients. Or, as in DPF, they are dense: the network computes with mask∘weights, and the
 * gradient there moves all of them (Lin et al., ICLR 2020, equation 2).
 */
final class MaskedWeights {
  private final TorchNetwork network;
  private final PtNDArray moved;
  private final boolean keepsDense;
  private final Optional<PtNDArray> mask;
  private Map<String, Mask> masks;

  /**
   * The weights of a network that are under masks from here on.
   *
   * @param network as its training begins: pruned already, or dense if dense weights are kept
   * @param evolves whether the masks will change
   */
  MaskedWeights(
      TorchNetwork network, Map<String, Mask> masks, boolean keepsDense, boolean evolves) {
    this.network = network;
    this.masks = masks;
    this.keepsDense = keepsDense;
    FlatLayout layout = network.layout();
    Optional<float[]> prunes = layout.mask(masks);
    Optional<float[]> flags = keepsDense || evolves ? Optional.of(layout.flags(masks)) : prunes;
    mask = flags.map(network::onDevice);
    moved = keepsDense ? JniUtils.clone(network.flat()) : network.flat();
    moved.attach(network.flat().getManager());
    project();
  }

  /** What the optimiser moves: all trained tensors, in the layout's order. */
  PtNDArray moved() {
    return moved;
  }

  /** The masks of now. */
  Map<String, Mask> masks() {
    return masks;
  }

  /** Whether dense weights lie behind the network's. */
  boolean keepsDense() {
    return keepsDense;
  }

  /** Lays the mask on what a pruned entry must not be moved by. */
  void maskGradient(PtNDArray prunableGradient) {
    if (!keepsDense) {
      maskDirection(prunableGradient);
    }
  }

  /** Lays the mask on a direction along which pruned entries stay, dense weights or not. */
  void maskDirection(PtNDArray prunable) {
    mask.ifPresent(kept -> JniUtils.muli(prunable, kept));
  }

  /** Gives the network its weights, after those that are moved have changed. */
  void project() {
    if (!keepsDense) {
      return;
    }
    long prunable = network.layout().prunable();
    long size = network.layout().size();
    try (PtNDArray front = JniUtils.slice(moved, 0, 0, prunable, 1);
        PtNDArray kept = JniUtils.mul(front, mask.orElseThrow())) {
      HostMemory.copy(kept, network.flat(), 0, prunable);
    }
    if (prunable < size) {
      try (PtNDArray rest = JniUtils.slice(moved, 0, prunable, size, 1)) {
        HostMemory.copy(rest, network.flat(), prunable, size);
      }
    }
  }

  /**
   * Goes over to other masks. Where no dense weights are kept, weights and moments that are not
   * carried over become +0.
   */
  void change(MaskChange change, List<PtNDArray> moments) {
    FlatLayout layout = network.layout();
    masks = change.masks();
    HostMemory.write(layout.flags(masks), mask.orElseThrow());
    if (!keepsDense) {
      clear(moved, change.carried());
      moments.forEach(moment -> clear(moment, change.carried()));
    }
    project();
  }

  private void clear(PtNDArray array, Map<String, Mask> carried) {
    float[] values = array.toFloatArray();
    network.layout().prune(values, carried);
    HostMemory.write(values, array);
  }
}
