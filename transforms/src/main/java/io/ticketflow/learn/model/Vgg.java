package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.GlobalAvgPool;
import java.util.List;

/**
 * VGG-11, VGG-16 and VGG-19 with BatchNorm for small images (Simonyan &amp; Zisserman 2015; the
 * form is open_lth's): five groups of 3×3 convolutions with bias, the first four pooled by maximum,
 * the last averaged over what is left of the image, then one linear layer. On CIFAR-10 they have
 * 9,231,114, 14,728,266 and 20,040,522 parameters.
 *
 * <p>Convolutions and norms have the names of torchvision's vgg11_bn, vgg16_bn and vgg19_bn
 * (features.0, features.1, features.3 …); in place of its three linear layers stands {@code
 * classifier}. Other ports pool the last group by maximum: the same parameters, other outputs.
 */
final class Vgg {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  private Vgg() {}

  static ModelGraph vgg11(GraphBuilder graph, int classes) {
    return of(graph, List.of(1, 1, 2, 2, 2), classes);
  }

  static ModelGraph vgg16(GraphBuilder graph, int classes) {
    return of(graph, List.of(2, 2, 3, 3, 3), classes);
  }

  static ModelGraph vgg19(GraphBuilder graph, int classes) {
    return of(graph, List.of(2, 2, 4, 4, 4), classes);
  }

  private static ModelGraph of(GraphBuilder graph, List<Integer> convolutions, int classes) {
    int index = 0;
    for (int group = 0; group < CHANNELS.length; group++) {
      for (int i = 0; i < convolutions.get(group); i++) {
        graph.biasedConv3("features." + index++, CHANNELS[group]);
        graph.norm("features." + index++);
        graph.relu("features." + index++);
      }
      if (group < CHANNELS.length - 1) {
        graph.halve("features." + index++);
      }
    }
    return graph.then("avgpool", new GlobalAvgPool()).linear("classifier", classes).build(classes);
  }
}
