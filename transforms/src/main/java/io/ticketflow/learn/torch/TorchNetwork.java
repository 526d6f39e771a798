package io.ticketflow.learn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.NormEntries;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A network with its tensors on a device. For one thread, which must have been prepared; close it
 * there.
 *
 * <p>Trained tensors are one flat array. A pass sees views of it: its gradient comes back as one
 * array too.
 */
final class TorchNetwork implements AutoCloseable {
  private final DataType precision;
  private final FlatLayout layout;
  private final GraphBlock block;
  private final PtNDManager manager;
  private PtNDArray flat;
  private final Map<ParameterSpec, PtNDArray> buffers = new LinkedHashMap<>();

  /**
   * In single precision, as networks are trained.
   *
   * @param tensors every tensor of the graph, copied to the device
   * @param batchNormMomentum see {@link GraphBlock}
   */
  TorchNetwork(
      ModelGraph graph, TensorSet tensors, Device device, OptionalDouble batchNormMomentum) {
    this(graph, tensors, device, batchNormMomentum, DataType.FLOAT32);
  }

  /**
   * @param precision of every array, FLOAT32 or FLOAT64; images come in the same
   */
  TorchNetwork(
      ModelGraph graph,
      TensorSet tensors,
      Device device,
      OptionalDouble batchNormMomentum,
      DataType precision) {
    TorchThread.prepare();
    this.precision = precision;
    layout = FlatLayout.of(graph);
    block = new GraphBlock(graph, batchNormMomentum);
    // Before anything is allocated, so that nothing is left open if a tensor does not fit.
    layout.all().forEach(spec -> FlatLayout.valuesOf(spec, tensors));
    float[] values = layout.flatten(tensors);
    manager = (PtNDManager) NDManager.newBaseManager(TorchDevices.of(device), TorchEngine.NAME);
    flat = onDevice(values);
    for (ParameterSpec spec : layout.buffers()) {
      buffers.put(spec, onDevice(FlatLayout.valuesOf(spec, tensors), GraphBlock.shape(spec)));
    }
  }

  /** An array that lives as long as the network. */
  PtNDArray onDevice(float[] values) {
    return onDevice(values, new Shape(values.length));
  }

  private PtNDArray onDevice(float[] values, Shape shape) {
    PtNDArray array = HostMemory.array(manager, values, shape);
    if (precision == DataType.FLOAT32) {
      return array;
    }
    try (array) {
      return JniUtils.to(array, precision, manager.getDevice());
    }
  }

  /** What the network's arrays are made of. */
  DataType precision() {
    return precision;
  }

  /** A manager for the arrays of one pass; close it. */
  PtNDManager newManager() {
    return (PtNDManager) manager.newSubManager();
  }

  FlatLayout layout() {
    return layout;
  }

  /** The trained tensors, in the layout's order. */
  PtNDArray flat() {
    return flat;
  }

  /** A view of the prunable entries of an array that begins with them; close it. */
  PtNDArray prunable(PtNDArray array) {
    return JniUtils.slice(array, 0, 0, layout.prunable(), 1);
  }

  /** Goes over to another array of trained tensors, which is the network's from here on. */
  void become(PtNDArray other) {
    flat.close();
    flat = other;
  }

  /** What no step moves, in order: BatchNorm's statistics, and layers that are frozen. */
  Map<ParameterSpec, PtNDArray> buffers() {
    return buffers;
  }

  /**
   * The logits of a batch.
   *
   * @param images N × C × H × W; stay open; what is made belongs to their manager
   * @param training whether BatchNorm normalises by the batch and updates its statistics
   */
  PtNDArray forward(PtNDArray images, boolean training) {
    return forward(images, training, Optional.empty());
  }

  /** Likewise, with what a step draws. */
  PtNDArray forward(PtNDArray images, boolean training, Optional<StepDraws> draws) {
    return forward(images, training, draws, buffers);
  }

  /**
   * The logits of a batch that is normalised by itself, with BatchNorm's running statistics left as
   * they are.
   */
  PtNDArray forwardAside(PtNDArray images, Optional<StepDraws> draws) {
    Map<ParameterSpec, PtNDArray> copies = new LinkedHashMap<>();
    try {
      buffers.forEach((spec, array) -> copies.put(spec, JniUtils.clone(array)));
      return forward(images, true, draws, copies);
    } finally {
      copies.values().forEach(NDArray::close);
    }
  }

  private PtNDArray forward(
      PtNDArray images,
      boolean training,
      Optional<StepDraws> draws,
      Map<ParameterSpec, PtNDArray> statistics) {
    List<PtNDArray> views = new ArrayList<>();
    try (NDList pieces = JniUtils.split(flat, layout.lengths(), 0)) {
      Map<String, PtNDArray> tensors = new HashMap<>();
      statistics.forEach((spec, array) -> tensors.put(spec.name(), array));
      List<ParameterSpec> trained = layout.trained();
      Optional<StepDraws> mixing = draws.filter(drawn -> drawn.alpha() > 0);
      for (int i = 0; i < trained.size(); i++) {
        ParameterSpec spec = trained.get(i);
        PtNDArray view = (PtNDArray) pieces.get(i).reshape(GraphBlock.shape(spec));
        views.add(view);
        float start = mixing.isPresent() ? NormEntries.start(layout, spec) : Float.NaN;
        if (!Float.isNaN(start)) {
          view = mixing.orElseThrow().interpolate(view, start);
          views.add(view);
        }
        tensors.put(spec.name(), view);
      }
      return block.run(tensors::get, images, training, draws);
    } finally {
      // They belong to the network's manager, which lives on.
      views.forEach(NDArray::close);
    }
  }

  /** Every tensor, with these values for the trained ones. */
  TensorSet tensors(float[] trainedValues) {
    Map<ParameterSpec, float[]> statistics = new HashMap<>();
    buffers.forEach((spec, array) -> statistics.put(spec, array.toFloatArray()));
    return layout.tensors(trainedValues, statistics);
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
