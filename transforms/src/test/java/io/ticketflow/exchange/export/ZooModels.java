package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.ModelSpec.Initialisation;
import java.util.List;
import java.util.stream.Stream;

/** Networks to be exported: at least one of every family, and the whole zoo. */
final class ZooModels {
  /** Named by the zoo, or of a family that it names; none with more than a few million weights. */
  static final List<ModelSpec> SMALL =
      List.of(
          model("lenet-300-100", 0, "cifar"),
          model("conv-4", 0, "cifar"),
          model("resnet-20", 4, "cifar"),
          model("wrn-10-2", 0, "cifar"),
          model("airbench94", 16, "cifar"));

  /** All that the zoo names; resnet-18 and resnet-50 with either stem. */
  static List<ModelSpec> all() {
    return ModelZoo.names().stream()
        .flatMap(
            name ->
                name.equals("resnet-18") || name.equals("resnet-50")
                    ? Stream.of(model(name, 0, "cifar"), model(name, 0, "imagenet"))
                    : Stream.of(model(name, 0, "cifar")))
        .toList();
  }

  private ZooModels() {}

  private static ModelSpec model(String name, int width, String stem) {
    return new ModelSpec(name, width, stem, Initialisation.HE);
  }

  /**
   * Pixels of a side: few, as far as the network's pools allow. BatchNorm wants several values a
   * channel at its end: what it divides by would else be rounding itself.
   */
  static int side(ModelSpec model) {
    if (model.stem().equals("imagenet") || model.name().startsWith("vgg")) {
      return 64;
    }
    return switch (model.name()) {
      case "resnet-50", "airbench94" -> 32;
      case "lenet-5" -> 16;
      default -> 8;
    };
  }

  /**
   * 3, and 1 where one channel is usual; of airbench94 2, so that it whitens to 16 channels: some
   * processors' libtorch computes other numbers of them wrong in TorchScript.
   */
  static int channels(ModelSpec model) {
    if (model.name().equals("airbench94")) {
      return 2;
    }
    return model.name().startsWith("lenet") ? 1 : 3;
  }

  static ZooNetwork network(ModelSpec model) {
    return ZooNetwork.of(model, channels(model), side(model), 0.3, 0.2);
  }
}
