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
 * @param torchscript file of a network in place of a named one, with its first weights; empty for
 *     none. Where it lies does not matter to any result.
 * @param trusted whether that file's program may run here
 * @param digest SHA-256 of that file, in hexadecimal; empty until it is read
 * @param weights file of first weights in place of drawn ones; empty for none. Where it lies does
 *     not matter either.
 * @param masks whether the run begins with the masks in that file
 * @param weightsDigest SHA-256 of that file likewise
 * @param kept prunable entries that those masks keep; 0 until they are read, and without them
 * @param dropout share of what goes into the second convolution of a Wide ResNet's block that
 *     training sets to 0; other networks take 0
 */
public record ModelSpec(
    String name,
    int width,
    String stem,
    Initialisation initialisation,
    String torchscript,
    boolean trusted,
    String digest,
    String weights,
    boolean masks,
    String weightsDigest,
    long kept,
    double dropout) {
  private static final String SCRIPT = "torchscript";

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
    check(dropout >= 0 && dropout < 1, "model.dropout", "in [0, 1)", dropout);
    check(stem.equals("cifar") || stem.equals("imagenet"), "model.stem", "cifar or imagenet", stem);
    if (!torchscript.isBlank() && !trusted) {
      throw UserException.of(
          "model.trusted must be true for model.torchscript %s: a TorchScript file is a program,"
              + " which runs here with your rights; say so of files from people that you trust",
          torchscript);
    }
    if (masks && weights.isBlank() && weightsDigest.isEmpty()) {
      throw new UserException("model.masks needs model.weights, the file that the masks are in");
    }
  }

  /** Without dropout. */
  public ModelSpec(
      String name,
      int width,
      String stem,
      Initialisation initialisation,
      String torchscript,
      boolean trusted,
      String digest,
      String weights,
      boolean masks,
      String weightsDigest,
      long kept) {
    this(
        name,
        width,
        stem,
        initialisation,
        torchscript,
        trusted,
        digest,
        weights,
        masks,
        weightsDigest,
        kept,
        0);
  }

  /** A network by its name. */
  public ModelSpec(String name, int width, String stem, Initialisation initialisation) {
    this(name, width, stem, initialisation, "", false, "", "", false, "", 0);
  }

  /** Whether the network and its first weights come from a TorchScript file. */
  public boolean isScript() {
    return !torchscript.isBlank() || !digest.isEmpty();
  }

  /** What tables call the network: its name, or that of its file. */
  public String title() {
    return isScript() ? torchscript.substring(torchscript.lastIndexOf('/') + 1) : name;
  }

  /** Whether its first weights come from a file of tensors. */
  public boolean isImported() {
    return !weights.isBlank() || !weightsDigest.isEmpty();
  }

  /** The same network from a TorchScript file that lies there and has that digest. */
  public ModelSpec at(String file, String contentDigest) {
    return at(file, trusted, contentDigest);
  }

  /** The same network from first weights that lie there, with that digest and that many kept. */
  public ModelSpec from(String file, String contentDigest, long keptByMasks) {
    return from(file, masks, contentDigest, keptByMasks);
  }

  /** The same network wherever its files lie, once they are read: what actions are keyed by. */
  public ModelSpec withoutLocation() {
    String script = digest.isEmpty() ? torchscript : "";
    String first = weightsDigest.isEmpty() ? weights : "";
    if (isScript()) {
      return new ModelSpec(SCRIPT, 0, "cifar", Initialisation.HE)
          .at(script, true, digest)
          .from(first, masks, weightsDigest, kept);
    }
    return isImported() ? from(first, masks, weightsDigest, kept) : this;
  }

  private ModelSpec at(String file, boolean vouched, String contentDigest) {
    return new ModelSpec(
        name,
        width,
        stem,
        initialisation,
        file,
        vouched,
        contentDigest,
        weights,
        masks,
        weightsDigest,
        kept,
        dropout);
  }

  private ModelSpec from(String file, boolean masked, String contentDigest, long keptByMasks) {
    return new ModelSpec(
        name,
        width,
        stem,
        initialisation,
        torchscript,
        trusted,
        digest,
        file,
        masked,
        contentDigest,
        keptByMasks,
        dropout);
  }
}
