package io.ticketflow.learn.train;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the next step of a training depends on beside its job, as tensors by name: the network, the
 * optimiser's moments, under weight averaging the sum so far, and under a sparsifier the masks.
 * Learning rates, draws and the times at which masks change are functions of the step.
 *
 * @param network with the weights that are moved, which may be dense ones behind sparse ones
 * @param moments empty before the first step
 * @param mask 1 for kept and 0 for pruned, over the prunable entries; empty if it is the job's
 */
record TrainingState(
    TensorSet network,
    List<float[]> moments,
    Optional<WeightAverage> average,
    Optional<float[]> mask) {
  private static final String MOMENT = "optimiser moment ";
  private static final String MASK = "mask of the prunable entries";
  private static final String SUM = "sum of weights, part ";
  private static final String SAMPLES = "weights in the sum";

  /** The state before the first step. */
  static TrainingState first(TrainingJob job, FlatLayout layout) {
    return new TrainingState(
        // Pruned weights are +0, where a product with 0 might be −0.
        job.keepsDense() ? job.start() : job.masks().applyTo(job.start()),
        job.before().map(before -> moments(before.moments(), layout, job)).orElse(List.of()),
        newAverage(job, layout),
        Optional.empty());
  }

  /** An optimiser's moments as tensors, for the segment that goes on with them. */
  static TensorSet carried(List<float[]> moments) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      tensors.add(flat(MOMENT + i, moments.get(i)));
    }
    return TensorSet.of(tensors);
  }

  private static List<float[]> moments(TensorSet tensors, FlatLayout layout, TrainingJob job) {
    List<float[]> moments = new ArrayList<>();
    for (int i = 0; i < job.training().optimiser().moments(); i++) {
      moments.add(values(tensors, MOMENT + i, layout.size()));
    }
    return moments;
  }

  /** The state as tensors. */
  TensorSet write() {
    List<Tensor> tensors = new ArrayList<>(network.tensors());
    mask.ifPresent(flags -> tensors.add(flat(MASK, flags)));
    tensors.addAll(carried(moments).tensors());
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
   * @throws IllegalArgumentException naming the tensor, if one is missing or has another shape
   */
  static TrainingState read(TensorSet tensors, FlatLayout layout, TrainingJob job) {
    List<Tensor> network =
        layout.all().stream()
            .map(spec -> tensors.get(spec.name()).withValues(FlatLayout.valuesOf(spec, tensors)))
            .toList();
    Optional<WeightAverage> average = Optional.empty();
    if (has(tensors, SAMPLES)) {
      List<float[]> parts = new ArrayList<>();
      for (int i = 0; has(tensors, SUM + i); i++) {
        parts.add(values(tensors, SUM + i, layout.size()));
      }
      average = Optional.of(new WeightAverage(parts, (int) values(tensors, SAMPLES, 1)[0]));
    }
    Optional<float[]> mask =
        has(tensors, MASK)
            ? Optional.of(values(tensors, MASK, layout.prunable()))
            : Optional.empty();
    return new TrainingState(TensorSet.of(network), moments(tensors, layout, job), average, mask);
  }

  /** The same state, ready to sum weights if the job averages any. */
  TrainingState forJob(TrainingJob job, FlatLayout layout) {
    return average.isPresent()
        ? this
        : new TrainingState(network, moments, newAverage(job, layout), mask);
  }

  private static Optional<WeightAverage> newAverage(TrainingJob job, FlatLayout layout) {
    return job.swaEpochs() == 0
        ? Optional.empty()
        : Optional.of(new WeightAverage(layout.size(), job.plan().spread()));
  }

  private static boolean has(TensorSet tensors, String name) {
    return tensors.tensors().stream().anyMatch(tensor -> tensor.name().equals(name));
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
