package io.ticketflow.learn.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.device.DevicePool;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** The devices that the engine finds in this process. */
public final class TorchDevices {
  private static final ConcurrentHashMap<DevicePolicy, DevicePool> POOLS =
      new ConcurrentHashMap<>();

  private TorchDevices() {}

  /**
   * This process's pool for that policy.
   *
   * @throws io.ticketflow.spec.UserException if it asks for a device that is not there
   */
  public static DevicePool pool(DevicePolicy policy) {
    return POOLS.computeIfAbsent(policy, asked -> new DevicePool(asked, asked.gpu() ? gpus() : 0));
  }

  /** GPUs that the engine sees in this process; CUDA_VISIBLE_DEVICES hides others from it. */
  public static int gpus() {
    return TorchEngine.load().getGpuCount();
  }

  /** The engine's name and version, such as "PyTorch with libtorch 2.7.1". */
  public static String engine() {
    Engine engine = TorchEngine.load();
    return engine.getEngineName() + " with libtorch " + engine.getVersion();
  }

  /** Memory of a GPU, over all processes. */
  public static MemoryUsage memory(Device gpu) {
    return CudaUtils.getGpuMemory(of(gpu));
  }

  /** Whether a small product of matrices comes out right on a device. */
  public static boolean multiplies(Device device) {
    try (NDManager manager = TorchEngine.load().newBaseManager(of(device))) {
      NDArray two = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      return Arrays.equals(two.matMul(two).toFloatArray(), new float[] {7, 10, 15, 22});
    }
  }

  /** As the engine calls it. */
  static ai.djl.Device of(Device device) {
    return device.isGpu() ? ai.djl.Device.gpu(device.index()) : ai.djl.Device.cpu();
  }
}
