package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.Tensor;
import io.ticketflow.store.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the next step of a training depends on beside its job, as tensors by name: the network, the
 * optimiser's moments, and under weight averaging the sum so far. Learning rates and draws are
 * functions of the epoch.
 *
 * @param moments empty before the first step
 */
record TrainingState(TensorSet network, List<float[]> moments, Optional<WeightAverage> average) {
  private static final String MOMENT = "optimiser moment ";
  private static final String SUM = "sum of weights, part ";
  private static final String SAMPLES = "weights in the sum";

  static TensorSet write(
      TorchNetwork network, Optimiser optimiser, Optional<WeightAverage> average) {
    List<Tensor> tensors =
        new ArrayList<>(network.tensors(network.flat().toFloatArray()).tensors());
    List<PtNDArray> moments = optimiser.state();
    for (int i = 0; i < moments.size(); i++) {
      tensors.add(flat(MOMENT + i, moments.get(i).toFloatArray()));
    }
    average
        .filter(sum -> sum.samples() > 0)
        .ifPresent(
            sum -> {
              List<float[]> parts = sum.parts();
              for (int i = 0; i < parts.size(); i++) {
                tensors.add(flat(SUM + i, parts.get(i)));
              }
              tensors.add(flat(SAMPLES, new float[] {sum.samples()}));
            });
    return TensorSet.of(tensors);
  }

  /**
   * The state in those tensors.
   *
   * @param moments how many the optimiser keeps
   * @throws IllegalArgumentException naming the tensor, if one is missing or has another shape
   */
  static TrainingState read(TensorSet tensors, FlatLayout layout, int moments) {
    List<Tensor> network =
        layout.all().stream()
            .map(spec -> tensors.get(spec.name()).withValues(FlatLayout.valuesOf(spec, tensors)))
            .toList();
    List<float[]> states = new ArrayList<>();
    for (int i = 0; i < moments; i++) {
      states.add(values(tensors, MOMENT + i, layout.size()));
    }
    Optional<WeightAverage> average = Optional.empty();
    if (tensors.tensors().stream().anyMatch(tensor -> tensor.name().equals(SAMPLES))) {
      List<float[]> parts = new ArrayList<>();
      for (int i = 0; i < WeightAverage.PARTS; i++) {
        parts.add(values(tensors, SUM + i, layout.size()));
      }
      average = Optional.of(new WeightAverage(parts, (int) values(tensors, SAMPLES, 1)[0]));
    }
    return new TrainingState(TensorSet.of(network), states, average);
  }

  private static float[] values(TensorSet tensors, String name, int size) {
    float[] values = tensors.get(name).values();
    if (values.length != size) {
      throw new IllegalArgumentException(
          "tensor " + name + " has " + values.length + " values, expected " + size);
    }
    return values;
  }

  private static Tensor flat(String name, float[] values) {
    return new Tensor(name, TensorRole.BUFFER, List.of((long) values.length), values);
  }
}
