package io.ticketflow.learn.model;

import static io.ticketflow.spec.ModelSpec.Initialisation.GLOROT;
import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static io.ticketflow.spec.ModelSpec.Initialisation.PYTORCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import org.junit.jupiter.api.Test;

class InitialisationTest {
  private static final ModelGraph LENET = graph("lenet-300-100", 1, 28);
  private static final ModelGraph RESNET = graph("resnet-20", 3, 32);

  @Test
  void hasTheTensorsOfTheGraphInItsOrder() {
    assertThat(Initialisation.draw(RESNET, HE, 1).tensors())
        .extracting(tensor -> new ParameterSpec(tensor.name(), tensor.role(), tensor.shape()))
        .containsExactlyElementsOf(RESNET.parameters());
  }

  @Test
  void drawsWeightsWithVarianceTwoOverFanIn() {
    TensorSet lenet = Initialisation.draw(LENET, HE, 1);
    TensorSet resnet = Initialisation.draw(RESNET, HE, 1);
    assertKaiming(lenet.get("fc1.weight"), 784);
    assertKaiming(lenet.get("fc2.weight"), 300);
    assertKaiming(resnet.get("layer3.0.conv2.weight"), 64 * 9);
    assertKaiming(resnet.get("layer3.0.downsample.0.weight"), 32);
  }

  /** Glorot and Bengio's 2 / (fan-in + fan-out); a convolution's fan-out counts its kernel too. */
  @Test
  void drawsGlorotsWeightsByBothFans() {
    TensorSet lenet = Initialisation.draw(LENET, GLOROT, 1);
    TensorSet resnet = Initialisation.draw(RESNET, GLOROT, 1);
    assertVariance(lenet.get("fc1.weight"), 2.0 / (784 + 300));
    assertVariance(lenet.get("fc2.weight"), 2.0 / (300 + 100));
    assertVariance(resnet.get("layer3.0.conv1.weight"), 2.0 / (32 * 9 + 64 * 9));
    assertThat(lenet.get("fc1.bias").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.weight").values()).containsOnly(1f);
  }

  /** torch.nn's Linear and Conv2d: uniform within 1 / √fan-in, so a third of its square. */
  @Test
  void drawsPytorchsWeightsAndBiasesUniformly() {
    TensorSet lenet = Initialisation.draw(LENET, PYTORCH, 1);
    TensorSet resnet = Initialisation.draw(RESNET, PYTORCH, 1);
    assertUniform(lenet.get("fc1.weight"), 784);
    assertUniform(resnet.get("layer3.0.conv2.weight"), 64 * 9);
    assertUniform(lenet.get("fc1.bias"), 784);
    assertThat(resnet.get("bn1.weight").values()).containsOnly(1f);
    assertThat(resnet.get("bn1.bias").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.running_var").values()).containsOnly(1f);
  }

  private static void assertUniform(Tensor tensor, int fanIn) {
    float bound = (float) (1 / Math.sqrt(fanIn));
    double squares = 0;
    for (float value : tensor.values()) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(bound);
      squares += (double) value * value;
    }
    int count = tensor.values().length;
    // the square of a uniform draw has a standard deviation of 0.3 bound²
    assertThat(squares / count)
        .isCloseTo(1.0 / 3 / fanIn, within(4 * 0.3 / fanIn / Math.sqrt(count)));
  }

  private static void assertVariance(Tensor weight, double variance) {
    double squares = 0;
    for (float value : weight.values()) {
      squares += (double) value * value;
    }
    int count = weight.values().length;
    assertThat(squares / count).isCloseTo(variance, within(4 * Math.sqrt(2.0 / count) * variance));
  }

  @Test
  void drawsTheTailsOfANormal() {
    // P(|z| > 2) = 0.0455, of 235,200 draws
    float[] values = Initialisation.draw(LENET, HE, 5).get("fc1.weight").values();
    double limit = 2 * Math.sqrt(2.0 / 784);
    long outside = 0;
    for (float value : values) {
      outside += Math.abs(value) > limit ? 1 : 0;
    }
    assertThat((double) outside / values.length).isCloseTo(0.0455, within(0.002));
  }

  @Test
  void startsBiasesAtZeroAndNormsAtTheIdentity() {
    TensorSet resnet = Initialisation.draw(RESNET, HE, 1);
    assertThat(resnet.get("fc.bias").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.weight").values()).containsOnly(1f);
    assertThat(resnet.get("bn1.bias").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.running_mean").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.running_var").values()).containsOnly(1f);
    assertThat(resnet.get("layer2.0.downsample.1.weight").values()).containsOnly(1f);
  }

  @Test
  void repeatsItselfAndChangesWithTheSeed() {
    Tensor first = Initialisation.draw(LENET, HE, 7).get("fc3.weight");
    assertThat(Initialisation.draw(LENET, HE, 7).get("fc3.weight").values())
        .isEqualTo(first.values());
    assertThat(Initialisation.draw(LENET, HE, 8).get("fc3.weight").values())
        .isNotEqualTo(first.values());
  }

  @Test
  void drawsEachTensorIndependentlyOfTheOthers() {
    // fc1 is larger for 3×32×32 images; what follows it must not move
    TensorSet small = Initialisation.draw(LENET, HE, 3);
    TensorSet large = Initialisation.draw(graph("lenet-300-100", 3, 32), HE, 3);
    assertThat(large.get("fc2.weight").values()).isEqualTo(small.get("fc2.weight").values());
  }

  @Test
  void drawsTensorsOfEqualShapeDifferently() {
    TensorSet resnet = Initialisation.draw(RESNET, HE, 1);
    float[] one = resnet.get("layer1.0.conv1.weight").values();
    float[] other = resnet.get("layer1.0.conv2.weight").values();
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
    }
    double correlation = product / one.length / (2.0 / 144);
    assertThat(correlation).isCloseTo(0, within(4 / Math.sqrt(one.length)));
  }

  private static void assertKaiming(Tensor weight, int fanIn) {
    assertThat(weight.role()).isEqualTo(TensorRole.PRUNABLE);
    double sum = 0;
    double squares = 0;
    for (float value : weight.values()) {
      sum += value;
      squares += (double) value * value;
    }
    int n = weight.values().length;
    double deviation = Math.sqrt(2.0 / fanIn);
    // four standard errors each
    assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n))
        .isCloseTo(deviation, within(4 * deviation / Math.sqrt(2.0 * n)));
  }

  private static ModelGraph graph(String name, int channels, int size) {
    return ModelZoo.build(new ModelSpec(name, 0, "cifar", HE), channels, size, size, 10);
  }
}
