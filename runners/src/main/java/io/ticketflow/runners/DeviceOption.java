package io.ticketflow.runners;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.launch.Devices;
import picocli.CommandLine.Option;

/** On what this process computes, for commands that train or measure here. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "${env:TICKETFLOW_DEVICE:-auto}",
      description = "cpu, gpu, gpu:INDEX, or auto (default). Or set TICKETFLOW_DEVICE.")
  private String device = "auto";

  /** One training at a time. */
  DevicePolicy policy() {
    return Devices.policy(device, 1);
  }
}
