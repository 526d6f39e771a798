package io.ticketflow.runners.doctor;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.torch.InstructionSet;
import io.ticketflow.learn.torch.TorchDevices;
import io.ticketflow.learn.torch.TorchEngine;
import java.io.UncheckedIOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Loads the engine, multiplies one small matrix on every device, and says what was loaded. */
public final class EngineCheck {
  private EngineCheck() {}

  static List<Finding> findings(Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    findings.add(cache());
    try {
      findings.add(Finding.ok("engine", TorchDevices.engine() + "."));
      int gpus = TorchDevices.gpus();
      findings.addAll(CudaCheck.findings(environment, gpus, TorchDevices.hasDriver()));
      findings.add(
          Finding.ok("devices", gpus == 0 ? "The CPU." : "The CPU and " + gpus + " GPUs."));
      for (int i = 0; i < gpus; i++) {
        findings.add(memory(Device.gpu(i)));
      }
      findings.add(
          Finding.ok(
              "instructions",
              "On the CPU libtorch computes with "
                  + InstructionSet.used()
                  + "; machines with others give its results other bits, and engine java's the"
                  + " same."));
      findings.add(convolution());
      findings.add(arithmetic(Device.cpu()));
      for (int i = 0; i < gpus; i++) {
        findings.add(arithmetic(Device.gpu(i)));
      }
    } catch (UncheckedIOException e) {
      findings.add(Finding.problem("engine", Finding.sentence(e)));
      findings.addAll(CudaCheck.findings(environment, 0, TorchDevices.hasDriver()));
    }
    return findings;
  }

  private static Finding memory(Device gpu) {
    return Finding.ok(gpu.name(), memory(TorchDevices.memory(gpu)));
  }

  /** How much there is of it, and how much of that is free. */
  public static String memory(MemoryUsage memory) {
    return MachineCheck.gibibytes(memory.getMax())
        + ", of which "
        + MachineCheck.gibibytes(memory.getMax() - memory.getCommitted())
        + " is free.";
  }

  private static Finding arithmetic(Device device) {
    String product = "A product of matrices on " + device.name();
    return TorchDevices.multiplies(device)
        ? Finding.ok("arithmetic", product + " is right.")
        : Finding.problem(
            "arithmetic", product + " is wrong: do not trust this machine's results.");
  }

  private static Finding convolution() {
    return TorchDevices.convolves()
        ? Finding.ok("convolutions", "A convolution of 20 channels on the CPU is right.")
        : Finding.warning(
            "convolutions",
            "libtorch's convolution of 20 channels is wrong on this processor (a fault of oneDNN"
                + " 3.7.1 where channels fill no block of 16). Ticketflow's own models keep clear"
                + " of it; TorchScript models with such layers are refused here.");
  }

  private static Finding cache() {
    Path folder = TorchEngine.cache();
    String network =
        TorchEngine.isOffline()
            ? "offline mode is on, so nothing is downloaded."
            : "offline mode is off; bin/ticketflow sets DJL_OFFLINE=true.";
    return Finding.ok("engine cache", folder + "; " + network);
  }
}
