package io.ticketflow.learn.model;

import io.ticketflow.learn.script.ScriptFile;
import io.ticketflow.settings.NearestNames;
import io.ticketflow.spec.IdleKeys;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The networks that a configuration can name. */
public final class ModelZoo {
  private static final Pattern WIDE = Pattern.compile("wrn-(\\d{1,4})-(\\d{1,3})");
  private static final List<String> COMMON_WIDE =
      List.of("wrn-16-8", "wrn-22-2", "wrn-28-2", "wrn-28-10", "wrn-32-4", "wrn-40-2");
  private static final int MOST_SUGGESTIONS = 3;
  private static final List<Integer> CIFAR_DEPTHS = List.of(20, 32, 44, 56, 110);
  private static final Set<String> STEMMED = Set.of("resnet-18", "resnet-50");
  private static final Map<String, Recipe> RECIPES = recipes();

  private ModelZoo() {}

  /**
   * The network of that name for images of that shape.
   *
   * @param model its width counts for resnet-20, -32, -44, -56, -110 and airbench94, its stem for
   *     resnet-18 and resnet-50
   * @throws UserException naming the nearest known names if there is no such network, or the node
   *     and the shape there if the images are too small for it, or if a width or dropout is given
   *     to a network that has none
   */
  public static ModelGraph build(
      ModelSpec model, int channels, int height, int width, int classes) {
    if (model.isScript()) {
      return scripted(model, channels, height, width, classes);
    }
    Recipe recipe = recipe(model.name());
    if (model.width() != 0 && !recipe.hasWidth()) {
      throw UserException.of("model.width must be 0 for %s, got %s", model.name(), model.width());
    }
    if (model.dropout() > 0 && !WIDE.matcher(model.name()).matches()) {
      throw UserException.of(
          "model.dropout must be 0 for %s, which has no place for it, got %s",
          model.name(), model.dropout());
    }
    FeatureShape images = FeatureShape.image(channels, height, width);
    try {
      return recipe.graph().write(new GraphBuilder(images), model, classes);
    } catch (IllegalArgumentException e) {
      throw UserException.of(
          "model.name %s does not fit images of %s in %s classes: %s",
          model.name(), images, classes, e.getMessage());
    }
  }

  /**
   * Every name, and of the family wrn-d-k the common ones: any d = 6n + 4 (or 6n + 2, see there)
   * and any k from 1 builds.
   */
  public static List<String> names() {
    return List.copyOf(RECIPES.keySet());
  }

  private static ModelGraph scripted(
      ModelSpec model, int channels, int height, int width, int classes) {
    Layer network = new Layer.Script(ScriptFile.read(model.torchscript(), model.digest()), classes);
    Node node = new Node("network", network, List.of(ModelGraph.INPUT));
    return new ModelGraph(channels, height, width, classes, List.of(node));
  }

  private static Recipe recipe(String name) {
    Recipe known = RECIPES.get(name);
    if (known != null) {
      return known;
    }
    Matcher wide = WIDE.matcher(name);
    if (wide.matches()) {
      return wide(Integer.parseInt(wide.group(1)), Integer.parseInt(wide.group(2)));
    }
    throw UserException.of(
        "model.name %s is not known; the nearest are %s",
        name, String.join(", ", NearestNames.of(name, names(), MOST_SUGGESTIONS)));
  }

  private static Recipe wide(int depth, int factor) {
    if (!WideResNet.isDepth(depth) || factor < 1) {
      throw UserException.of(
          "model.name wrn-d-k needs a depth d of 6n + 4 (or 6n + 2) with n from 1 and a "
              + "k from 1, got wrn-%s-%s",
          depth, factor);
    }
    return new Recipe(
        false,
        (graph, model, classes) -> WideResNet.of(graph, depth, factor, model.dropout(), classes));
  }

  private static Map<String, Recipe> recipes() {
    Map<String, Recipe> all = new LinkedHashMap<>();
    all.put("lenet-300-100", plain(LeNet::fullyConnected));
    all.put("lenet-5", plain(LeNet::caffe));
    for (int convolutions : new int[] {2, 4, 6}) {
      all.put(
          "conv-" + convolutions,
          plain((graph, classes) -> ConvNet.of(graph, convolutions, classes)));
    }
    for (int depth : CIFAR_DEPTHS) {
      all.put(
          "resnet-" + depth,
          new Recipe(
              true,
              (graph, model, classes) -> CifarResNet.of(graph, depth, model.width(), classes)));
    }
    all.put("resnet-32x4", plain((graph, classes) -> CifarResNet.widened(graph, 32, 4, classes)));
    all.put("resnet-18", new Recipe(false, (g, model, n) -> ResNet.resnet18(g, model.stem(), n)));
    all.put("resnet-50", new Recipe(false, (g, model, n) -> ResNet.resnet50(g, model.stem(), n)));
    all.put("vgg-11", plain(Vgg::vgg11));
    all.put("vgg-16", plain(Vgg::vgg16));
    all.put("vgg-19", plain(Vgg::vgg19));
    all.put("airbench94", new Recipe(true, (graph, m, n) -> Airbench.of(graph, m.width(), n)));
    for (String name : COMMON_WIDE) {
      Matcher wide = WIDE.matcher(name);
      if (wide.matches()) {
        all.put(name, wide(Integer.parseInt(wide.group(1)), Integer.parseInt(wide.group(2))));
      }
    }
    return all;
  }

  private static Recipe plain(PlainGraph graph) {
    return new Recipe(false, (builder, model, classes) -> graph.write(builder, classes));
  }

  private record Recipe(boolean hasWidth, Graph graph) {}

  private interface Graph {
    ModelGraph write(GraphBuilder graph, ModelSpec model, int classes);
  }

  private interface PlainGraph {
    ModelGraph write(GraphBuilder graph, int classes);
  }

  /** Adds the keys of a network that has no use for them. */
  public static void idle(IdleKeys keys, ModelSpec model) {
    String script = "the network and its first weights come from model.torchscript";
    keys.none(model.isScript(), "model.name", script)
        .none(model.isScript(), "model.width", script)
        .none(model.isScript(), "model.stem", script)
        .none(model.isScript(), "model.initialisation", script)
        .none(model.isScript(), "model.dropout", script)
        .none(
            model.isImported() && !model.isScript(),
            "model.initialisation",
            "the first weights come from model.weights")
        .none(!model.isScript(), "model.trusted", "no model.torchscript is named");
    keys.none(
        !STEMMED.contains(model.name()), "model.stem", "only resnet-18 and resnet-50 have a stem");
  }
}
