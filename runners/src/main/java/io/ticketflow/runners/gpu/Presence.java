package io.ticketflow.runners.gpu;

import io.ticketflow.learn.torch.TorchDevices;
import java.util.Optional;

/**
 * Why there is no GPU to check; each needs the one before.
 *
 * @param driver whether the system has a driver
 * @param cuda whether libtorch is one for CUDA
 * @param gpus that the engine counts
 */
record Presence(boolean driver, boolean cuda, int gpus) {
  /** Of this machine; the engine is loaded only where there is a driver. */
  static Presence here() {
    boolean driver = TorchDevices.hasDriver();
    return new Presence(driver, driver && TorchDevices.hasCuda(), TorchDevices.gpus());
  }

  /** A sentence that says why and what to do; empty if there is a GPU. */
  Optional<String> missing() {
    String nothing = ", so nothing was checked: ";
    if (!driver) {
      return Optional.of(
          "No GPU: this machine has no driver of one"
              + nothing
              + "install it, or try the checks themselves with --device=cpu.");
    }
    if (!cuda) {
      return Optional.of(
          "No GPU: there is a driver, but libtorch is the one for CPUs"
              + nothing
              + "set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR as runners/GPU.md"
              + " says.");
    }
    if (gpus == 0) {
      return Optional.of(
          "No GPU: driver and libtorch are there, but CUDA's runtime counts none"
              + nothing
              + "put a folder that holds CUDA's runtime as libcudart.so, of that very name, into"
              + " LD_LIBRARY_PATH, as runners/GPU.md says, and see that CUDA_VISIBLE_DEVICES is not"
              + " empty.");
    }
    return Optional.empty();
  }
}
