package io.ticketflow.learn.model;

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
    assertThat(Initialisation.draw(RESNET, 1).tensors())
        .extracting(tensor -> new ParameterSpec(tensor.name(), tensor.role(), tensor.shape()))
        .containsExactlyElementsOf(RESNET.parameters());
  }

  @Test
  void drawsWeightsWithVarianceTwoOverFanIn() {
    TensorSet lenet = Initialisation.draw(LENET, 1);
    TensorSet resnet = Initialisation.draw(RESNET, 1);
    assertKaiming(lenet.get("fc1.weight"), 784);
    assertKaiming(lenet.get("fc2.weight"), 300);
    assertKaiming(resnet.get("layer3.0.conv2.weight"), 64 * 9);
    assertKaiming(resnet.get("layer3.0.downsample.0.weight"), 32);
  }

  @Test
  void drawsTheTailsOfANormal() {
    // P(|z| > 2) = 0.0455, of 235,200 draws
    float[] values = Initialisation.draw(LENET, 5).get("fc1.weight").values();
    double limit = 2 * Math.sqrt(2.0 / 784);
    long outside = 0;
    for (float value : values) {
      outside += Math.abs(value) > limit ? 1 : 0;
    }
    assertThat((double) outside / values.length).isCloseTo(0.0455, within(0.002));
  }

  @Test
  void startsBiasesAtZeroAndNormsAtTheIdentity() {
    TensorSet resnet = Initialisation.draw(RESNET, 1);
    assertThat(resnet.get("fc.bias").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.weight").values()).containsOnly(1f);
    assertThat(resnet.get("bn1.bias").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.running_mean").values()).containsOnly(0f);
    assertThat(resnet.get("bn1.running_var").values()).containsOnly(1f);
    assertThat(resnet.get("layer2.0.downsample.1.weight").values()).containsOnly(1f);
  }

  @Test
  void repeatsItselfAndChangesWithTheSeed() {
    Tensor first = Initialisation.draw(LENET, 7).get("fc3.weight");
    assertThat(Initialisation.draw(LENET, 7).get("fc3.weight").values()).isEqualTo(first.values());
    assertThat(Initialisation.draw(LENET, 8).get("fc3.weight").values())
        .isNotEqualTo(first.values());
  }

  @Test
  void drawsEachTensorIndependentlyOfTheOthers() {
    // fc1 is larger for 3×32×32 images; what follows it must not move
    TensorSet small = Initialisation.draw(LENET, 3);
    TensorSet large = Initialisation.draw(graph("lenet-300-100", 3, 32), 3);
    assertThat(large.get("fc2.weight").values()).isEqualTo(small.get("fc2.weight").values());
  }

  @Test
  void drawsTensorsOfEqualShapeDifferently() {
    TensorSet resnet = Initialisation.draw(RESNET, 1);
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
    return ModelZoo.build(new ModelSpec(name, 0, "cifar"), channels, size, size, 10);
  }
}
