package io.ticketflow.runners.launch;

import ai.djl.engine.Engine;
import io.ticketflow.spec.SpecException;

/** The devices that networks can be trained on. */
public final class Devices {
  private Devices() {}

  /**
   * Refuses a device that this machine does not have.
   *
   * @param name cpu, or gpu and its number
   */
  public static void check(String name) {
    if (name.equals("cpu")) {
      return;
    }
    if (!name.matches("gpu[0-9]{1,3}")) {
      throw new SpecException("--device must be cpu, gpu0, gpu1, ..., got " + name);
    }
    int gpus = Engine.getEngine("PyTorch").getGpuCount();
    if (Integer.parseInt(name.substring(3)) >= gpus) {
      throw new SpecException(
          "--device="
              + name
              + " is not there: the engine finds "
              + (gpus == 0 ? "no GPU" : gpus + " GPUs")
              + " ('ticketflow doctor' shows what it finds).");
    }
  }
}
