package io.ticketflow.learn.model;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.ModelSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlopsTest {
  private static final ModelGraph LENET = graph("lenet-300-100", "cifar", 1, 28, 10);

  @Test
  void countsLeNetByHand() {
    assertThat(Flops.dense(LENET)).isEqualTo(2 * (784 * 300 + 300 * 100 + 100 * 10));
  }

  @Test
  void countsResNet20ByHand() {
    // conv1, three stages whose first convolution of a later stage has half the inputs, two 1×1
    // shortcuts, fc
    long multiplyAdds =
        27 * 16 * 1024
            + 6 * 9 * 16 * 16 * 1024
            + (9 * 16 * 32 + 5 * 9 * 32 * 32) * 256
            + (9 * 32 * 64 + 5 * 9 * 64 * 64) * 64
            + 16 * 32 * 256
            + 32 * 64 * 64
            + 640;
    assertThat(multiplyAdds).isEqualTo(40_813_184);
    assertThat(Flops.dense(graph("resnet-20", "cifar", 3, 32, 10))).isEqualTo(2 * multiplyAdds);
  }

  @ParameterizedTest
  @CsvSource({
    // He et al. 2016, table 1, and torchvision's documentation: 1.8 and 4.1 billion
    "resnet-18, imagenet, 224, 1000, 1.81",
    "resnet-50, imagenet, 224, 1000, 4.09",
    // Zagoruyko & Komodakis 2016, WRN-28-10 on 32×32: 5.2 billion
    "wrn-28-10, cifar, 32, 10, 5.2",
    "vgg-16, cifar, 32, 10, 0.31",
  })
  void agreesWithPublishedMultiplyAdds(
      String name, String stem, int size, int classes, double billions) {
    double counted = Flops.dense(graph(name, stem, 3, size, classes)) / 2e9;
    assertThat(counted).isBetween(billions * 0.985, billions * 1.015);
  }

  @Test
  void countsKeptWeightsOnly() {
    long kept = Flops.sparse(LENET, Map.of("fc1.weight", 1000L, "fc2.weight", 0L));
    assertThat(kept).isEqualTo(2 * (1000 + 100 * 10));
  }

  @Test
  void countsAKeptWeightOfAConvolutionAtEveryPosition() {
    ModelGraph lenet = graph("lenet-5", "cifar", 1, 28, 10);
    long pruned = Flops.sparse(lenet, Map.of("conv1.weight", 499L));
    assertThat(Flops.dense(lenet) - pruned).isEqualTo(2 * 24 * 24);
  }

  @Test
  void namesCountsThatTheNetworkCannotHave() {
    assertThatThrownBy(() -> Flops.sparse(LENET, Map.of("fc9.weight", 1L)))
        .hasMessage("the network has no weights named fc9.weight");
    assertThatThrownBy(() -> Flops.sparse(LENET, Map.of("fc1.bias", 1L)))
        .hasMessage("the network has no weights named fc1.bias");
    assertThatThrownBy(() -> Flops.sparse(LENET, Map.of("fc3.weight", 1001L)))
        .hasMessage("tensor fc3.weight has 1000 entries, not 1001");
  }

  private static ModelGraph graph(String name, String stem, int channels, int size, int classes) {
    return ModelZoo.build(new ModelSpec(name, 0, stem, HE), channels, size, size, classes);
  }
}
