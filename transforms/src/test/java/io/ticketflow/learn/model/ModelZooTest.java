package io.ticketflow.learn.model;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelZooTest {
  @ParameterizedTest
  @CsvSource({
    // 784·300 + 300 + 300·100 + 100 + 100·10 + 10
    "lenet-300-100, cifar, 1, 28, 10, 266610",
    // 3072·300 + 300 + 30100 + 1010
    "lenet-300-100, cifar, 3, 32, 10, 953010",
    // Caffe's LeNet, as Han et al. 2015 count it: 431K
    "lenet-5, cifar, 1, 28, 10, 431080",
    // Frankle & Carbin 2019, figure 2: 4.3M, 2.4M; conv-6 by hand: 1792 + 36928 + 73856 + 147584 +
    // 295168 + 590080 + (4096·256 + 256) + 65792 + 2570
    "conv-2, cifar, 3, 32, 10, 4301642",
    "conv-4, cifar, 3, 32, 10, 2425930",
    "conv-6, cifar, 3, 32, 10, 2262602",
    // open_lth and the pretrained CIFAR zoos: 0.27M, 0.47M, 0.66M, 0.86M, 1.73M (He et al.: 1.7M)
    "resnet-20, cifar, 3, 32, 10, 272474",
    "resnet-32, cifar, 3, 32, 10, 466906",
    "resnet-44, cifar, 3, 32, 10, 661338",
    "resnet-56, cifar, 3, 32, 10, 855770",
    "resnet-110, cifar, 3, 32, 10, 1730714",
    // by hand: stem 464; 47,488 + 4·73,984; 230,144 + 4·295,424; 919,040 + 4·1,180,672; 2,570
    "resnet-32x4, cifar, 3, 32, 10, 7400026",
    // by hand: 24 biases that whiten; 9·24·64 + 9·64² + 2·64; 9·64·256 + 9·256² + 2·256;
    // 2·9·256² + 2·256; 2,560
    "airbench94, cifar, 3, 32, 10, 1971352",
    // torchvision's documentation
    "resnet-18, imagenet, 3, 224, 1000, 11689512",
    "resnet-50, imagenet, 3, 224, 1000, 25557032",
    // the CIFAR ports
    "resnet-18, cifar, 3, 32, 10, 11173962",
    "resnet-18, cifar, 3, 32, 100, 11220132",
    "resnet-50, cifar, 3, 32, 10, 23520842",
    "vgg-11, cifar, 3, 32, 10, 9231114",
    "vgg-16, cifar, 3, 32, 10, 14728266",
    "vgg-19, cifar, 3, 32, 10, 20040522",
    // Zagoruyko & Komodakis: 36.5M, 11.0M, 2.2M; semi-supervised literature: 1,467,610
    "wrn-28-10, cifar, 3, 32, 10, 36479194",
    "wrn-28-10, cifar, 3, 32, 100, 36536884",
    "wrn-28-2, cifar, 3, 32, 10, 1467610",
    "wrn-16-8, cifar, 3, 32, 10, 10961370",
    "wrn-40-2, cifar, 3, 32, 10, 2243546",
    // methods.md: 1.08M
    "wrn-22-2, cifar, 3, 32, 10, 1079642",
  })
  void countsParametersAsPublished(
      String name, String stem, int channels, int size, int classes, long parameters) {
    ModelGraph graph =
        ModelZoo.build(new ModelSpec(name, 0, stem, HE), channels, size, size, classes);
    assertThat(graph.parameterCount()).isEqualTo(parameters);
  }

  @Test
  void countsParametersOfAnyWideResNetAsTheClosedFormDoes() {
    for (int n = 1; n <= 6; n++) {
      for (int k = 1; k <= 4; k++) {
        ModelGraph graph = build("wrn-" + (6 * n + 4) + "-" + k, 3, 32);
        assertThat(graph.parameterCount()).isEqualTo(wideParameters(n, k));
      }
    }
  }

  @Test
  void readsDepthsOfBothConventions() {
    assertThat(build("wrn-32-4", 3, 32)).isEqualTo(build("wrn-34-4", 3, 32));
    assertThat(build("wrn-32-4", 3, 32).parameterCount()).isEqualTo(wideParameters(5, 4));
  }

  @Test
  void widensResNet20() {
    // w = 32: 27w + 2w + 3·(2·9w² + 4w) + (2+4)·9w² + 2·(2·9·4w² + 8w) + 8w + (2w² + 4w)
    //   + (8+16)·9w² + 2·(2·9·16w² + 16w) + 16w + (8w² + 8w) + 4w·10 + 10
    long w = 32;
    long first = 29 * w + 3 * (18 * w * w + 4 * w);
    long second = 54 * w * w + 8 * w + 2 * (72 * w * w + 8 * w) + 2 * w * w + 4 * w;
    long third = 216 * w * w + 16 * w + 2 * (288 * w * w + 16 * w) + 8 * w * w + 8 * w;
    assertThat(ModelZoo.build(new ModelSpec("resnet-20", 32, "cifar", HE), 3, 32, 32, 10))
        .extracting(ModelGraph::parameterCount)
        .isEqualTo(first + second + third + 40 * w + 10);
  }

  @ParameterizedTest
  @MethodSource("io.ticketflow.learn.model.ModelZoo#names")
  void buildsEveryNameForGreyAndColouredImages(String name) {
    assertThat(build(name, 1, 28).nodes()).isNotEmpty();
    assertThat(build(name, 3, 32).shapes()).containsKey(ModelGraph.INPUT);
  }

  @Test
  void namesTheNearestModelsWhenOneIsUnknown() {
    assertThatThrownBy(() -> build("resnet20", 3, 32))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("model.name resnet20 is not known; the nearest are resnet-20,");
  }

  @Test
  void refusesWideResNetsThatDoNotExist() {
    for (String name : List.of("wrn-30-2", "wrn-4-2", "wrn-28-0")) {
      assertThatThrownBy(() -> build(name, 3, 32))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("6n + 4")
          .hasMessageEndingWith("got " + name);
    }
  }

  @Test
  void namesTheNodeThatAnImageIsTooSmallFor() {
    assertThatThrownBy(() -> build("conv-6", 3, 4))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "model.name conv-6 does not fit images of 3×4×4 in 10 classes: node pool3: a window of"
                + " 2×2 does not fit into 256×1×1");
  }

  @Test
  void refusesAWidthThatWouldBeIgnored() {
    assertThatThrownBy(
            () -> ModelZoo.build(new ModelSpec("vgg-16", 32, "cifar", HE), 3, 32, 32, 10))
        .isInstanceOf(UserException.class)
        .hasMessage("model.width must be 0 for vgg-16, got 32");
  }

  /** Weights, norms, shortcuts and the classifier of WRN-(6n+4)-k, summed stage by stage. */
  private static long wideParameters(long n, long k) {
    long total = 27 * 16;
    long in = 16;
    for (long out : new long[] {16 * k, 32 * k, 64 * k}) {
      total += 2 * in + 9 * in * out + 2 * out + 9 * out * out;
      total += in == out ? 0 : in * out;
      total += (n - 1) * (2 * out + 9 * out * out) * 2;
      in = out;
    }
    return total + 2 * in + 10 * in + 10;
  }

  private static ModelGraph build(String name, int channels, int size) {
    return ModelZoo.build(new ModelSpec(name, 0, "cifar", HE), channels, size, size, 10);
  }
}
