package io.ticketflow.learn.device;

/**
 * What a network's arithmetic is done on.
 *
 * @param index of a GPU among those that this process sees; -1 for the CPU
 */
public record Device(int index) {
  private static final Device CPU = new Device(-1);

  /** The processor. */
  public static Device cpu() {
    return CPU;
  }

  /** One of the GPUs, from 0. */
  public static Device gpu(int index) {
    return new Device(index);
  }

  /** Whether it is a GPU. */
  public boolean isGpu() {
    return index >= 0;
  }

  /** As tables have it: cpu, gpu:0, gpu:1, … */
  public String name() {
    return isGpu() ? "gpu:" + index : "cpu";
  }
}
