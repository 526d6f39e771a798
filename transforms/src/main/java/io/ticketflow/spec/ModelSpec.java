package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Which network a run trains.
 *
 * @param name such as lenet-300-100, resnet-20, wrn-28-2, vgg-16
 * @param width base width of the CIFAR ResNets (16 in the paper); 0 = the published one, and the
 *     only width that other networks take
 * @param stem cifar or imagenet, for resnet-18 and resnet-50; ignored elsewhere
 * @param initialisation from what its first weights are drawn
 */
public record ModelSpec(String name, int width, String stem, Initialisation initialisation) {
  /** The distributions there are; a layer's fan-in is the number of inputs of one output. */
  public enum Initialisation {
    /** Normal, variance 2 / fan-in (He, Zhang, Ren, Sun 2015). */
    HE,
    /** Normal, variance 2 / (fan-in + fan-out) (Glorot, Bengio 2010). */
    GLOROT,
    /** Uniform in ±1 / √fan-in, biases too: what PyTorch's layers begin with. */
    PYTORCH
  }

  public ModelSpec {
    check(!name.isBlank(), "model.name", "the name of a model", "nothing");
    check(width >= 0 && width <= 4096, "model.width", "from 0 to 4096", width);
    check(stem.equals("cifar") || stem.equals("imagenet"), "model.stem", "cifar or imagenet", stem);
  }
}
