package io.ticketflow.learn.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.BatchSource;
import io.ticketflow.learn.data.Images;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Batches of images as arrays. One piece of native memory is written again and again, and on a CPU
 * the array is that memory: an array is done with before the next one is loaded.
 */
final class ImageFeed implements AutoCloseable {
  private final BatchSource source;
  private final PtNDManager owner;
  private final ByteBuffer memory;

  /**
   * Memory for batches.
   *
   * @param capacity images of the largest batch
   */
  ImageFeed(Images images, float[] mean, float[] std, int capacity) {
    source = new BatchSource(images, mean, std);
    owner = (PtNDManager) NDManager.newBaseManager(Device.cpu(), TorchEngine.NAME);
    long floats = (long) images.imageSize() * Math.max(1, capacity);
    memory = HostMemory.view(HostMemory.empty(owner, new Shape(floats)));
  }

  Images images() {
    return source.images();
  }

  /** The images {@code indices[from] … indices[to − 1]}, N × C × H × W, owned by the manager. */
  PtNDArray load(
      PtNDManager manager, int[] indices, int from, int to, Optional<Augmentation> augmentation) {
    FloatBuffer floats = memory.asFloatBuffer();
    source.fill(indices, from, to, floats, augmentation);
    Images images = source.images();
    PtNDArray array =
        JniUtils.createNdFromByteBuffer(
            manager,
            memory,
            new Shape(to - from, images.channels(), images.height(), images.width()),
            DataType.FLOAT32,
            SparseFormat.DENSE,
            manager.getDevice());
    return isChannelsLast(manager.getDevice(), images.channels()) ? channelsLast(array) : array;
  }

  /** Whether the images that a device gets have each pixel's channels side by side in memory. */
  static boolean isChannelsLast(Device device, int channels) {
    return !device.isGpu() && channels > 1;
  }

  /**
   * The same array with each pixel's channels side by side in memory. The engine keeps to that
   * through the whole network, and its CPU kernels are a quarter faster so: they need not reorder.
   */
  static PtNDArray channelsLast(PtNDArray array) {
    long[] shape = array.getShape().getShape();
    try (PtNDArray moved = JniUtils.permute(array, new long[] {0, 2, 3, 1});
        PtNDArray copied = JniUtils.reshape(moved, new long[] {-1});
        PtNDArray pixels =
            JniUtils.reshape(copied, new long[] {shape[0], shape[2], shape[3], shape[1]})) {
      return JniUtils.permute(pixels, new long[] {0, 3, 1, 2});
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
