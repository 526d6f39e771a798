package io.ticketflow.kernel;

/**
 * One layer of a network in its place, with the maps that it reads and writes. For one thread.
 *
 * <p>Weights and what else is trained lie in arrays that the caller passes, each unit's at indices
 * of its own.
 */
public interface Unit {
  /**
   * Computes the map that it writes.
   *
   * @param images of the batch; lanes of images that it has not are left anyhow
   * @param training whether BatchNorm normalises by the batch
   */
  void forward(float[] weights, int images, boolean training);

  /**
   * From the gradient in the map that it writes, which is 0 at lanes of images that the batch has
   * not, to the gradients in the map that it reads and in its weights.
   */
  void backward(float[] weights, int images, float[] gradient);
}
