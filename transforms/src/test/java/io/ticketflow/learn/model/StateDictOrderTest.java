package io.ticketflow.learn.model;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Names, order and shapes against state_dict() of the PyTorch modules, without num_batches_tracked.
 */
class StateDictOrderTest {
  @Test
  void listsResNet18AsTorchvisionDoes() {
    List<String> names = names("resnet-18", "imagenet");
    assertThat(names).hasSize(102);
    assertThat(names)
        .startsWith(
            "conv1.weight",
            "bn1.weight",
            "bn1.bias",
            "bn1.running_mean",
            "bn1.running_var",
            "layer1.0.conv1.weight",
            "layer1.0.bn1.weight",
            "layer1.0.bn1.bias",
            "layer1.0.bn1.running_mean",
            "layer1.0.bn1.running_var",
            "layer1.0.conv2.weight",
            "layer1.0.bn2.weight",
            "layer1.0.bn2.bias",
            "layer1.0.bn2.running_mean",
            "layer1.0.bn2.running_var",
            "layer1.1.conv1.weight");
    assertThat(names)
        .containsSequence(
            "layer2.0.conv2.weight",
            "layer2.0.bn2.weight",
            "layer2.0.bn2.bias",
            "layer2.0.bn2.running_mean",
            "layer2.0.bn2.running_var",
            "layer2.0.downsample.0.weight",
            "layer2.0.downsample.1.weight",
            "layer2.0.downsample.1.bias",
            "layer2.0.downsample.1.running_mean",
            "layer2.0.downsample.1.running_var",
            "layer2.1.conv1.weight");
    assertThat(names).endsWith("layer4.1.bn2.running_var", "fc.weight", "fc.bias");
  }

  @Test
  void listsBottlenecksWithTheShortcutLast() {
    List<String> weights = prunable("resnet-50", "imagenet");
    // 1 + 3·16 + 4 shortcuts + 1
    assertThat(weights).hasSize(54);
    assertThat(weights)
        .startsWith(
            "conv1.weight",
            "layer1.0.conv1.weight",
            "layer1.0.conv2.weight",
            "layer1.0.conv3.weight",
            "layer1.0.downsample.0.weight",
            "layer1.1.conv1.weight")
        .endsWith("layer4.2.conv3.weight", "fc.weight");
  }

  @Test
  void listsWideResNetsAsThePyTorchPortDoes() {
    List<String> names = names("wrn-16-4", "cifar");
    assertThat(names)
        .startsWith(
            "conv1.weight",
            "block1.layer.0.bn1.weight",
            "block1.layer.0.bn1.bias",
            "block1.layer.0.bn1.running_mean",
            "block1.layer.0.bn1.running_var",
            "block1.layer.0.conv1.weight",
            "block1.layer.0.bn2.weight",
            "block1.layer.0.bn2.bias",
            "block1.layer.0.bn2.running_mean",
            "block1.layer.0.bn2.running_var",
            "block1.layer.0.conv2.weight",
            "block1.layer.0.convShortcut.weight",
            "block1.layer.1.bn1.weight");
    assertThat(names)
        .endsWith(
            "block3.layer.1.conv2.weight",
            "bn1.weight",
            "bn1.bias",
            "bn1.running_mean",
            "bn1.running_var",
            "fc.weight",
            "fc.bias");
    assertThat(names).doesNotContain("block1.layer.1.convShortcut.weight");
  }

  @Test
  void givesWideResNetsOfFactorOneNoShortcutInTheFirstStage() {
    assertThat(prunable("wrn-16-1", "cifar"))
        .doesNotContain("block1.layer.0.convShortcut.weight")
        .contains("block2.layer.0.convShortcut.weight", "block3.layer.0.convShortcut.weight");
  }

  @Test
  void numbersVggFeaturesAsTorchvisionDoes() {
    assertThat(prunable("vgg-16", "cifar"))
        .containsExactly(
            "features.0.weight",
            "features.3.weight",
            "features.7.weight",
            "features.10.weight",
            "features.14.weight",
            "features.17.weight",
            "features.20.weight",
            "features.24.weight",
            "features.27.weight",
            "features.30.weight",
            "features.34.weight",
            "features.37.weight",
            "features.40.weight",
            "classifier.weight");
    assertThat(names("vgg-16", "cifar"))
        .startsWith("features.0.weight", "features.0.bias", "features.1.weight")
        .endsWith("features.41.running_var", "classifier.weight", "classifier.bias");
  }

  @Test
  void shapesTensorsAsPyTorchDoes() {
    assertThat(graph("resnet-20", "cifar").parameters())
        .startsWith(
            new ParameterSpec("conv1.weight", TensorRole.PRUNABLE, List.of(16L, 3L, 3L, 3L)),
            new ParameterSpec("bn1.weight", TensorRole.DENSE, List.of(16L)),
            new ParameterSpec("bn1.bias", TensorRole.DENSE, List.of(16L)),
            new ParameterSpec("bn1.running_mean", TensorRole.BUFFER, List.of(16L)))
        .contains(
            new ParameterSpec(
                "layer3.0.downsample.0.weight", TensorRole.PRUNABLE, List.of(64L, 32L, 1L, 1L)))
        .endsWith(
            new ParameterSpec("fc.weight", TensorRole.PRUNABLE, List.of(10L, 64L)),
            new ParameterSpec("fc.bias", TensorRole.DENSE, List.of(10L)));
  }

  private static List<String> names(String model, String stem) {
    return graph(model, stem).parameters().stream().map(ParameterSpec::name).toList();
  }

  private static List<String> prunable(String model, String stem) {
    return graph(model, stem).parameters().stream()
        .filter(parameter -> parameter.role() == TensorRole.PRUNABLE)
        .map(ParameterSpec::name)
        .toList();
  }

  private static ModelGraph graph(String model, String stem) {
    return ModelZoo.build(new ModelSpec(model, 0, stem, HE), 3, 32, 32, 10);
  }
}
