package io.ticketflow.learn.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.script.ScriptFile;
import io.ticketflow.network.Tensor;
import io.ticketflow.schemas.TensorRole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript classifier in the engine. For one thread; close it there.
 *
 * <p>The engine shows no buffers of a module, and its parameters only as arrays of its own, which a
 * gradient of one flat array would not reach. So the program puts the arrays of a call in the place
 * of the module's own before it runs.
 */
final class ScriptModule implements AutoCloseable {
  /** A momentum is a short number: what is nearer to one than rounding can tell is that one. */
  private static final double STEP = 1e-4;

  private static final double ROUNDING = 1e-6;

  private final ScriptFile file;
  private final PtNDManager manager;
  private final PtSymbolBlock module;

  /** An array that is no input: its name tells the engine which method to call. */
  private final PtNDArray method;

  private @Nullable Boolean training;
  private @Nullable Map<String, Double> momenta;

  /** In a thread that is prepared; its gradient mode stays what it is. */
  ScriptModule(ScriptFile file, Device device) {
    this.file = file;
    manager = (PtNDManager) NDManager.newBaseManager(device, TorchEngine.NAME);
    method = HostMemory.scalar(manager, 0);
    method.setName("module_method:" + ScriptFile.METHOD);
    try {
      module = JniUtils.loadModule(manager, new ByteArrayInputStream(file.program()), true, false);
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException("the engine cannot load " + file.name(), e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * The logits of a batch.
   *
   * @param tensors by the names of the file's
   * @param images stay open; what is made belongs to their manager
   * @param train whether the program trains: its BatchNorm then normalises by the batch
   * @param momentum 0 leaves the running statistics as they are, 1 makes them those of the batch;
   *     with any other they move as the program says
   */
  PtNDArray forward(
      Function<String, PtNDArray> tensors, PtNDArray images, boolean train, double momentum) {
    if (!train || (momentum > 0 && momentum < 1)) {
      return run(tensors, images, train);
    }
    if (momentum == 0) {
      Map<String, PtNDArray> copies = statistics(name -> JniUtils.clone(tensors.apply(name)));
      try {
        return run(in(copies, tensors), images, true);
      } finally {
        copies.values().forEach(NDArray::close);
      }
    }
    if (momenta == null) {
      momenta = momenta(tensors, images);
    }
    Map<String, PtNDArray> running = statistics(tensors);
    running.values().forEach(ScriptModule::clear);
    PtNDArray logits = run(tensors, images, true);
    Map<String, Double> known = momenta;
    running.forEach((name, array) -> array.divi(known.getOrDefault(name, 1.0)));
    return logits;
  }

  /**
   * The weight of a batch in each running statistic, as the program has it: from what becomes of a
   * statistic that is 0 and of one that is far larger than the batch's.
   */
  private Map<String, Double> momenta(Function<String, PtNDArray> tensors, PtNDArray images) {
    Map<String, PtNDArray> low = statistics(name -> filled(tensors.apply(name), 0));
    run(in(low, tensors), images, true).close();
    double most = 1;
    for (PtNDArray array : low.values()) {
      most = Math.max(most, array.abs().max().toType(DataType.FLOAT32, false).getFloat());
    }
    double far = Math.scalb(1.0, Math.getExponent(most) + 12);
    Map<String, PtNDArray> high = statistics(name -> filled(tensors.apply(name), far));
    run(in(high, tensors), images, true).close();
    Map<String, Double> found = new HashMap<>();
    high.forEach(
        (name, array) -> {
          double[] moved = doubles(array);
          double[] from = doubles(low.getOrDefault(name, array));
          double stays = 0;
          for (int i = 0; i < moved.length; i++) {
            stays += (moved[i] - from[i]) / far / moved.length;
          }
          double round = Math.rint((1 - stays) / STEP) * STEP;
          found.put(name, Math.abs(1 - stays - round) < ROUNDING ? round : 1 - stays);
        });
    low.values().forEach(NDArray::close);
    high.values().forEach(NDArray::close);
    return found;
  }

  private static double[] doubles(PtNDArray array) {
    float[] values = array.toType(DataType.FLOAT32, false).toFloatArray();
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static PtNDArray filled(PtNDArray like, double value) {
    return JniUtils.full(
        like.getManager(),
        like.getShape(),
        value,
        like.getDataType(),
        like.getDevice(),
        SparseFormat.DENSE);
  }

  private static void clear(PtNDArray array) {
    try (PtNDArray zeros = filled(array, 0)) {
      HostMemory.copy(zeros, array, 0, array.getShape().size());
    }
  }

  private static Function<String, PtNDArray> in(
      Map<String, PtNDArray> some, Function<String, PtNDArray> others) {
    return name -> {
      PtNDArray array = some.get(name);
      return array == null ? others.apply(name) : array;
    };
  }

  private Map<String, PtNDArray> statistics(Function<String, PtNDArray> made) {
    Map<String, PtNDArray> arrays = new HashMap<>();
    for (Tensor tensor : file.tensors().tensors()) {
      if (tensor.role() == TensorRole.BUFFER) {
        arrays.put(tensor.name(), made.apply(tensor.name()));
      }
    }
    return arrays;
  }

  private PtNDArray run(Function<String, PtNDArray> tensors, PtNDArray images, boolean train) {
    if (training == null || training != train) {
      if (train) {
        JniUtils.enableTrainingMode(module);
      } else {
        JniUtils.enableInferenceMode(module);
      }
      training = train;
    }
    // Its optimiser changes a program after a few runs: a training that goes on from a checkpoint
    // would have other bits.
    JniUtils.setGraphExecutorOptimize(false);
    NDList inputs = new NDList();
    inputs.add(images);
    for (Tensor tensor : file.tensors().tensors()) {
      PtNDArray array = tensors.apply(tensor.name());
      array.setName("tensors[]");
      inputs.add(array);
    }
    inputs.add(method);
    // Gradients are recorded or not as the thread's mode has it.
    return (PtNDArray) IValueUtils.forward(module, inputs, true).singletonOrThrow();
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
