package io.ticketflow.runners.doctor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import io.ticketflow.learn.device.TorchEngine;
import java.io.UncheckedIOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Loads the engine, multiplies one small matrix on every device, and says what was loaded. */
final class EngineCheck {
  private EngineCheck() {}

  static List<Finding> findings(Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    findings.add(cache());
    try {
      Engine engine = TorchEngine.load();
      findings.add(
          Finding.ok(
              "engine", engine.getEngineName() + " with libtorch " + engine.getVersion() + "."));
      int gpus = engine.getGpuCount();
      findings.addAll(CudaCheck.findings(environment, gpus, CudaCheck.hasDriver()));
      findings.add(
          Finding.ok("devices", gpus == 0 ? "The CPU." : "The CPU and " + gpus + " GPUs."));
      for (int i = 0; i < gpus; i++) {
        findings.add(memory(Device.gpu(i)));
      }
      findings.add(arithmetic(engine, Device.cpu()));
      for (int i = 0; i < gpus; i++) {
        findings.add(arithmetic(engine, Device.gpu(i)));
      }
    } catch (UncheckedIOException e) {
      findings.add(Finding.problem("engine", Finding.sentence(e)));
      findings.addAll(CudaCheck.findings(environment, 0, CudaCheck.hasDriver()));
    }
    return findings;
  }

  private static Finding memory(Device gpu) {
    MemoryUsage memory = CudaUtils.getGpuMemory(gpu);
    return Finding.ok(
        gpu.toString(),
        MachineCheck.gibibytes(memory.getMax())
            + ", of which "
            + MachineCheck.gibibytes(memory.getMax() - memory.getCommitted())
            + " is free.");
  }

  private static Finding arithmetic(Engine engine, Device device) {
    try (NDManager manager = engine.newBaseManager(device)) {
      NDArray two = manager.create(new float[] {1, 2, 3, 4}, new ai.djl.ndarray.types.Shape(2, 2));
      float[] product = two.matMul(two).toFloatArray();
      if (product[0] == 7 && product[1] == 10 && product[2] == 15 && product[3] == 22) {
        return Finding.ok(
            "arithmetic", "A product of matrices on " + manager.getDevice() + " is right.");
      }
      return Finding.problem(
          "arithmetic",
          "A product of matrices on "
              + manager.getDevice()
              + " is wrong: do not trust this machine's results.");
    }
  }

  private static Finding cache() {
    Path folder = Utils.getEngineCacheDir();
    String network =
        Utils.isOfflineMode()
            ? "offline mode is on, so nothing is downloaded."
            : "offline mode is off; bin/ticketflow sets DJL_OFFLINE=true.";
    return Finding.ok("engine cache", folder + "; " + network);
  }
}
