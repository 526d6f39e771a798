package io.ticketflow.learn.flow;

import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.TensorSet;
import java.util.HashMap;
import java.util.Map;

/** Absolute values of every number of a network, and the flow's derivatives in them. */
record Weights(Map<String, double[]> values, Map<String, double[]> gradients) {
  static Weights of(FlatLayout layout, TensorSet network) {
    Map<String, double[]> values = new HashMap<>();
    Map<String, double[]> gradients = new HashMap<>();
    for (ParameterSpec spec : layout.all()) {
      float[] floats = FlatLayout.valuesOf(spec, network);
      double[] absolute = new double[floats.length];
      for (int i = 0; i < absolute.length; i++) {
        absolute[i] = Math.abs(floats[i]);
      }
      values.put(spec.name(), absolute);
      gradients.put(spec.name(), new double[floats.length]);
    }
    return new Weights(values, gradients);
  }

  double[] value(String name) {
    return named(values, name);
  }

  double[] gradient(String name) {
    return named(gradients, name);
  }

  private static double[] named(Map<String, double[]> all, String name) {
    double[] found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the network has no tensor " + name);
    }
    return found;
  }
}
