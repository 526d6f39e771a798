package io.ticketflow.runners.launch;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.torch.TorchDevices;
import io.ticketflow.spec.UserException;

/** The devices of workers that live in this process. */
public final class Devices {
  private Devices() {}

  /**
   * The policy of that name on this machine.
   *
   * @param name auto (GPUs if the engine sees any, else CPUs), cpu, gpu or gpu:INDEX
   * @param trainersPerDevice trainings at once on one GPU
   * @throws UserException if this machine does not have it
   */
  public static DevicePolicy policy(String name, int trainersPerDevice) {
    boolean askEngine = name.equals(DevicePolicy.AUTO);
    DevicePolicy policy =
        DevicePolicy.of(name, askEngine && TorchDevices.gpus() > 0, trainersPerDevice);
    TorchDevices.pool(policy); // which refuses what is not there
    return policy;
  }
}
