package io.ticketflow.learn.torch;

import ai.djl.pytorch.jni.JniUtils;

/** Makes the calling thread fit for the engine. */
final class TorchThread {
  private TorchThread() {}

  /**
   * Loads the engine once a JVM, switches gradients off (new threads begin with them on) and takes
   * over the number of intra-op threads.
   *
   * <p>libtorch hands that number to a thread's OpenMP at its first parallel loop. A convolution
   * that comes before it would run with as many threads as there are cores, and give other bits:
   * asking for the number hands it over at once.
   */
  static void prepare() {
    TorchEngine.load();
    JniUtils.setGradMode(false);
    JniUtils.getNumThreads();
  }
}
