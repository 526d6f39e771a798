package io.ticketflow.learn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.testing.TestSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class AirbenchTest {
  private static final ModelGraph NET = graph(0);

  /** 32 − 1 = 31, and halves of it rounded down: 15, 7, 3. */
  @Test
  void shapesAreThoseOfThePaper() {
    assertThat(NET.shapes())
        .containsEntry("whiten", FeatureShape.image(24, 31, 31))
        .containsEntry("block1.conv1", FeatureShape.image(64, 31, 31))
        .containsEntry("block1.gelu2", FeatureShape.image(64, 15, 15))
        .containsEntry("block2.gelu2", FeatureShape.image(256, 7, 7))
        .containsEntry("block3.gelu2", FeatureShape.image(256, 3, 3))
        .containsEntry("flatten", FeatureShape.flat(256))
        .containsEntry("logit_scale", FeatureShape.flat(10));
    assertThat(graph(8).shapes())
        .containsEntry("block1.gelu2", FeatureShape.image(8, 15, 15))
        .containsEntry("block3.gelu2", FeatureShape.image(32, 3, 3));
  }

  @Test
  void theFirstLayerAndTheScalesOfNormsAreFrozen() {
    assertThat(NET.prunable(Exclusions.NONE))
        .extracting(ParameterSpec::name)
        .containsExactly(
            "block1.conv1.weight",
            "block1.conv2.weight",
            "block2.conv1.weight",
            "block2.conv2.weight",
            "block3.conv1.weight",
            "block3.conv2.weight",
            "head.weight");
    assertThat(NET.parameters())
        .contains(
            new ParameterSpec("whiten.weight", TensorRole.BUFFER, List.of(24L, 3L, 2L, 2L)),
            new ParameterSpec("whiten.bias", TensorRole.DENSE, List.of(24L)),
            new ParameterSpec("block1.norm1.weight", TensorRole.BUFFER, List.of(64L)),
            new ParameterSpec("block1.norm1.bias", TensorRole.DENSE, List.of(64L)));
  }

  /** The first 24 of 64 filters give the 24 channels as they are; the others are drawn. */
  @Test
  void convolutionsHandTheirChannelsOn() {
    TensorSet first = Initialisation.draw(NET, ModelSpec.Initialisation.PYTORCH, 3);
    float[] weight = first.get("block1.conv1.weight").values();
    int side = 5;
    double[][] image = new double[24][side * side];
    KeyedRandom draws = KeyedRandom.of(1, "image");
    for (double[] channel : image) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = draws.nextGaussian();
      }
    }
    for (int out = 0; out < 64; out++) {
      for (int at = 0; at < side * side; at++) {
        double sum = 0;
        for (int in = 0; in < 24; in++) {
          for (int k = 0; k < 9; k++) {
            int row = at / side + k / 3 - 1;
            int column = at % side + k % 3 - 1;
            if (row >= 0 && row < side && column >= 0 && column < side) {
              sum += weight[(out * 24 + in) * 9 + k] * image[in][row * side + column];
            }
          }
        }
        if (out < 24) {
          assertThat(sum).isEqualTo(image[out][at]);
        } else {
          assertThat(sum).isNotZero();
        }
      }
    }
    // uniform in ±1/√(9·24): the largest of 8,640 is near the bound
    double largest = 0;
    for (int i = 24 * 24 * 9; i < weight.length; i++) {
      largest = Math.max(largest, Math.abs(weight[i]));
    }
    assertThat(largest).isCloseTo(1 / Math.sqrt(216), within(1e-4));
    assertThat(first.get("whiten.bias").values()).containsOnly(0);
    assertThat(first.get("block1.norm1.weight").values()).containsOnly(1);
  }

  private static ModelGraph graph(int width) {
    return ModelZoo.build(TestSettings.model("name: airbench94, width: " + width), 3, 32, 32, 10);
  }
}
