package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.Arrays;
import java.util.List;
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
  private Masks masks;

  /**
   * The weights of a network that are under masks from here on.
   *
   * @param network as its training begins: pruned already, or dense if dense weights are kept
   * @param evolves whether the masks will change
   */
  MaskedWeights(TorchNetwork network, Masks masks, boolean keepsDense, boolean evolves) {
    this.network = network;
    this.masks = masks;
    this.keepsDense = keepsDense;
    FlatLayout layout = network.layout();
    Optional<float[]> flags =
        keepsDense || evolves ? Optional.of(flags(masks)) : layout.mask(masks);
    mask = flags.map(network::onDevice);
    moved = keepsDense ? JniUtils.clone(network.flat()) : network.flat();
    if (keepsDense) {
      project();
    } else {
      JniUtils.attachGradient(moved, true);
    }
  }

  /**
   * 1 for kept and 0 for pruned; where the weights are multiplied by it, of all trained tensors.
   */
  private float[] flags(Masks of) {
    float[] flags = network.layout().flags(of);
    if (!keepsDense) {
      return flags;
    }
    float[] all = Arrays.copyOf(flags, network.layout().size());
    Arrays.fill(all, flags.length, all.length, 1f);
    return all;
  }

  /** What the optimiser moves: all trained tensors, in the layout's order. */
  PtNDArray moved() {
    return moved;
  }

  /** The masks of now. */
  Masks masks() {
    return masks;
  }

  /** Whether dense weights lie behind the network's. */
  boolean keepsDense() {
    return keepsDense;
  }

  /** Zeroes the gradient of pruned entries, so that no update moves them. */
  void maskGradient(PtNDArray prunableGradient) {
    if (!keepsDense) {
      mask.ifPresent(kept -> JniUtils.muli(prunableGradient, kept));
    }
  }

  /** Lays the mask on a direction along which pruned entries stay, dense weights or not. */
  void maskDirection(PtNDArray prunableDirection) {
    if (mask.isPresent()) {
      try (PtNDArray kept = network.prunable(mask.get())) {
        JniUtils.muli(prunableDirection, kept);
      }
    }
  }

  /** Makes the network ready for its next pass, once its weights have been moved. */
  void moveOn() {
    if (keepsDense) {
      project();
    } else {
      JniUtils.zeroGrad(moved);
    }
  }

  /** A new array costs less than overwriting an old one and clearing its gradient. */
  private void project() {
    PtNDArray product = JniUtils.mul(moved, mask.orElseThrow());
    JniUtils.attachGradient(product, true);
    network.become(product);
  }

  /**
   * Goes over to other masks. Where no dense weights are kept, weights and moments that are not
   * carried over become +0, and weights that grow may begin elsewhere.
   */
  void change(MaskChange change, List<PtNDArray> moments) {
    masks = change.masks();
    HostMemory.write(flags(masks), mask.orElseThrow());
    if (change.restarts()) {
      moments.forEach(moment -> HostMemory.write(new float[network.layout().size()], moment));
    }
    if (keepsDense) {
      project();
      return;
    }
    try (PtNDArray carried = network.onDevice(flags(change.carried()))) {
      clear(moved, carried);
      moments.forEach(moment -> clear(moment, carried));
    }
    change.grown().ifPresent(this::begin);
  }

  private void begin(TensorSet grown) {
    try (PtNDArray front = network.prunable(moved);
        PtNDArray values = network.onDevice(network.layout().front(grown))) {
      JniUtils.addi(front, values);
    }
  }

  private void clear(PtNDArray array, PtNDArray carried) {
    PtNDManager manager = network.flat().getManager();
    try (PtNDArray front = network.prunable(array);
        PtNDArray zero = HostMemory.scalar(manager, 0)) {
      JniUtils.muli(front, carried);
      // A negative number times 0 is −0, and −0 + 0 is +0.
      JniUtils.addi(front, zero);
    }
  }
}
