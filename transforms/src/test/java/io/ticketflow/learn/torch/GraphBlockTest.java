package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.TensorSet;
import io.ticketflow.testing.Fixtures;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GraphBlockTest {
  private static final ModelGraph NET = Fixtures.convNet();

  @BeforeAll
  static void prepare() {
    TorchThread.prepare();
  }

  @Test
  void parametersHaveTheNamesAndShapesOfTheGraphInItsOrder() {
    GraphBlock block = new GraphBlock(NET, OptionalDouble.empty());
    assertThat(block.getDirectParameters().keys())
        .isEqualTo(NET.parameters().stream().map(ParameterSpec::name).toList());
    for (ParameterSpec spec : NET.parameters()) {
      assertThat(block.getDirectParameters().get(spec.name()).getShape())
          .isEqualTo(GraphBlock.shape(spec));
    }
  }

  @Test
  void aBlockWithParametersOfItsOwnComputesWhatTheFlatNetworkComputes() {
    TensorSet weights = Fixtures.weights(NET, 4);
    try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), TorchEngine.NAME);
        TorchNetwork flat = new TorchNetwork(NET, weights, Device.cpu(), OptionalDouble.empty())) {
      GraphBlock block = new GraphBlock(NET, OptionalDouble.empty());
      block.initialize(manager, DataType.FLOAT32, new Shape(5, 2, 6, 6));
      for (Pair<String, ai.djl.nn.Parameter> entry : block.getDirectParameters()) {
        entry.getValue().getArray().set(weights.get(entry.getKey()).values());
      }
      float[] pixels = new float[5 * 72];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (i * 37 % 101) / 50f - 1;
      }
      PtNDArray images = (PtNDArray) manager.create(pixels, new Shape(5, 2, 6, 6));
      NDList logits = block.forward(new ParameterStore(manager, false), new NDList(images), false);
      assertThat(logits.singletonOrThrow().getShape()).isEqualTo(new Shape(5, 3));
      assertThat(block.getOutputShapes(new Shape[] {images.getShape()}))
          .containsExactly(new Shape(5, 3));
      assertThat(logits.singletonOrThrow().toFloatArray())
          .isEqualTo(flat.forward(images, false).toFloatArray());
    }
  }
}
