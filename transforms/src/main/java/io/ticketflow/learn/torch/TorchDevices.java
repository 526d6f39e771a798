package io.ticketflow.learn.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.device.DevicePool;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The devices that the engine finds in this process. */
public final class TorchDevices {
  private static final ConcurrentHashMap<DevicePolicy, DevicePool> POOLS =
      new ConcurrentHashMap<>();

  /** What NVIDIA's driver shows, the driver of Windows to Linux beside it, and AMD's. */
  private static final List<String> DRIVERS =
      List.of("/proc/driver/nvidia/version", "/dev/dxg", "/dev/kfd");

  private TorchDevices() {}

  /**
   * This process's pool for that policy.
   *
   * @throws io.ticketflow.spec.UserException if it asks for a device that is not there
   */
  public static DevicePool pool(DevicePolicy policy) {
    return POOLS.computeIfAbsent(policy, asked -> new DevicePool(asked, asked.gpu() ? gpus() : 0));
  }

  /**
   * GPUs that the engine sees in this process; CUDA_VISIBLE_DEVICES hides others from it. Without a
   * driver there are none, and the engine, which takes a second to load, is not asked.
   */
  public static int gpus() {
    return hasDriver() ? TorchEngine.load().getGpuCount() : 0;
  }

  /** Whether the system has a driver of GPUs. */
  public static boolean hasDriver() {
    return DRIVERS.stream().anyMatch(path -> Files.exists(Path.of(path)));
  }

  /** The engine's name and version, such as "PyTorch with libtorch 2.7.1". */
  public static String engine() {
    Engine engine = TorchEngine.load();
    return engine.getEngineName() + " with libtorch " + engine.getVersion();
  }

  /** Whether the libtorch of this process is one for CUDA. */
  public static boolean hasCuda() {
    return TorchEngine.load().hasCapability(StandardCapabilities.CUDA);
  }

  /** The folder that libtorch was loaded from. */
  public static String library() {
    TorchEngine.load();
    return LibUtils.getLibtorchPath();
  }

  /** The version of CUDA's runtime and what a GPU can do, such as "CUDA 12.8, capability 9.0". */
  public static String cuda(Device gpu) {
    int version = CudaUtils.getCudaVersion();
    String capability = CudaUtils.getComputeCapability(gpu.index());
    int point = capability.length() - 1;
    return String.format(
        Locale.ROOT,
        "CUDA %d.%d, capability %s.%s",
        version / 1000,
        version % 1000 / 10,
        capability.substring(0, point),
        capability.substring(point));
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

  /**
   * Whether a convolution on the CPU comes out right where channels lie one after another and fill
   * no block of 8 or 16: see {@link WholeBlocks}.
   */
  @SuppressWarnings("NullAway") // The engine takes null for "no bias".
  public static boolean convolves() {
    int channels = 20;
    Shape one = new Shape(1, 1);
    try (PtNDManager manager =
        (PtNDManager) TorchEngine.load().newBaseManager(ai.djl.Device.cpu())) {
      PtNDArray images = (PtNDArray) manager.ones(new Shape(4, channels, 3, 3));
      PtNDArray kernels = (PtNDArray) manager.ones(new Shape(32, channels, 3, 3));
      PtNDArray sums = JniUtils.convolution(images, kernels, null, one, one, one, 1);
      // A corner's window has 4 pixels of the image, an edge's 6, the middle's 9.
      float[] image = {4, 6, 4, 6, 9, 6, 4, 6, 4};
      float[] found = sums.toFloatArray();
      return IntStream.range(0, found.length)
          .allMatch(i -> found[i] == channels * image[i % image.length]);
    }
  }

  /** As the engine calls it. */
  static ai.djl.Device of(Device device) {
    return device.isGpu() ? ai.djl.Device.gpu(device.index()) : ai.djl.Device.cpu();
  }
}
