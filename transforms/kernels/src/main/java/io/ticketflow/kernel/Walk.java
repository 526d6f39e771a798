package io.ticketflow.kernel;

/** How a convolution passes over the maps of a batch. */
interface Walk {
  /** Writes the values of its output. */
  void forward(float[] weights, Begin begin, int images, boolean training);

  /**
   * Writes the gradient in the weights, and the gradient in what it reads if anybody asks for it.
   *
   * @param bias index of the first bias's gradient; −1 = there are none
   * @param biases gets their gradient
   */
  void backward(
      float[] weights, Begin begin, int images, float[] gradient, int bias, float[] biases);
}
