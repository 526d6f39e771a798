package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The update in pieces gives the bits of libtorch's calls over all weights. */
class HostStepTest {
  private static final ModelGraph NET =
      ModelZoo.build(
          new ModelSpec("lenet-5", 0, "cifar", ModelSpec.Initialisation.HE), 1, 28, 28, 10);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "momentum: 0, weightDecay: 0",
        "momentum: 0, weightDecay: 0.01",
        "momentum: 0.9, weightDecay: 0.01, decayBiasAndNorm: false",
        "momentum: 0.9, nesterov: true, weightDecay: 0.01"
      })
  void equalsTheCalls(String optimiser) {
    OptimiserSpec spec = Fixtures.optimiser(optimiser);
    for (boolean keepsDense : new boolean[] {false, true}) {
      for (Masks masks : List.of(Masks.NONE, Fixtures.masks(NET))) {
        List<float[]> byCalls = states(spec, masks, keepsDense, false);
        List<float[]> inPieces = states(spec, masks, keepsDense, true);
        for (int i = 0; i < byCalls.size(); i++) {
          assertThat(Arrays.equals(inPieces.get(i), byCalls.get(i))).as("state %s", i).isTrue();
        }
      }
    }
  }

  /** Weights and moments after each of three updates by gradients that are drawn. */
  private static List<float[]> states(
      OptimiserSpec spec, Masks masks, boolean keepsDense, boolean pieces) {
    TensorSet start = masks.applyTo(Fixtures.weights(NET, 5));
    List<float[]> states = new ArrayList<>();
    Random random = new Random(3);
    try (TorchNetwork network = new TorchNetwork(NET, start, Device.cpu(), 0.1)) {
      MaskedWeights weights = new MaskedWeights(network, masks, keepsDense, false);
      List<PtNDArray> moments =
          Stream.generate(() -> (PtNDArray) network.flat().zerosLike())
              .limit(spec.moments())
              .toList();
      Optimiser optimiser = Optimiser.of(spec, moments, 0);
      GradientStep update = new GradientStep(network, weights, spec, optimiser);
      for (int step = 0; step < 3; step++) {
        try (PtNDManager manager = network.newManager()) {
          leaveGradient(network, manager, random);
          if (pieces) {
            update.apply(0.1 / (step + 1), manager);
          } else {
            try (PtNDArray gradient = JniUtils.getGradient(network.flat())) {
              update.byCalls(gradient, 0.1 / (step + 1), manager);
            }
            weights.moveOn(false);
          }
          states.add(weights.moved().toFloatArray());
          optimiser.state().forEach(moment -> states.add(moment.toFloatArray()));
        }
      }
    }
    return states;
  }

  private static void leaveGradient(TorchNetwork network, PtNDManager manager, Random random) {
    float[] drawn = new float[network.layout().size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) random.nextGaussian();
    }
    JniUtils.setGradMode(true);
    try {
      PtNDArray slopes = HostMemory.array(manager, drawn, new Shape(drawn.length));
      PtNDArray sum = JniUtils.sum(JniUtils.mul(network.flat(), slopes));
      JniUtils.backward(sum, HostMemory.scalar(manager, 1), false, false);
    } finally {
      JniUtils.setGradMode(false);
    }
  }
}
