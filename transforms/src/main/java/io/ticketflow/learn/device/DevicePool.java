package io.ticketflow.learn.device;

import io.ticketflow.spec.UserException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The devices that this worker sees, lent to one training after another: the one with the fewest
 * trainings, of equals the first. A training waits while each has as many as it may have.
 */
public final class DevicePool {
  private final List<Device> devices;
  private final int[] trainings;
  private final Semaphore places;

  /**
   * @param gpus how many GPUs the engine sees
   * @throws UserException if the policy asks for one that is not there
   */
  public DevicePool(DevicePolicy policy, int gpus) {
    this.devices = devices(policy, gpus);
    this.trainings = new int[devices.size()];
    this.places =
        new Semaphore(
            policy.gpu() ? devices.size() * policy.trainersPerDevice() : Integer.MAX_VALUE, true);
  }

  /**
   * What the work makes on a device that is its own meanwhile, or shared as the policy says.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted as it waits
   */
  public <T> T on(Function<Device, T> work) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("interrupted as it waited for a device");
    }
    int taken = take();
    try {
      return work.apply(devices.get(taken));
    } finally {
      give(taken);
      places.release();
    }
  }

  private synchronized int take() {
    int least = 0;
    for (int i = 1; i < trainings.length; i++) {
      if (trainings[i] < trainings[least]) {
        least = i;
      }
    }
    trainings[least]++;
    return least;
  }

  private synchronized void give(int device) {
    trainings[device]--;
  }

  private static List<Device> devices(DevicePolicy policy, int gpus) {
    if (!policy.gpu()) {
      return List.of(Device.cpu());
    }
    if (policy.index() >= gpus || gpus == 0) {
      throw UserException.of(
          "device %s is not there: the engine finds %s ('ticketflow doctor' shows what "
              + "it finds)",
          policy.name(), gpus == 0 ? "no GPU" : gpus == 1 ? "1 GPU" : gpus + " GPUs");
    }
    return policy.index() == DevicePolicy.ANY
        ? IntStream.range(0, gpus).mapToObj(Device::gpu).toList()
        : List.of(Device.gpu(policy.index()));
  }
}
