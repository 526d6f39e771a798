package io.ticketflow.runners.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether trainings could use GPUs, and how to give the engine a libtorch that can. */
final class CudaCheck {
  /** What the engine's JNI library is built for; another libtorch loads, then fails. */
  private static final String VERSION = "2.7.1";

  private static final String FLAVOUR = "cu128";

  private CudaCheck() {}

  /**
   * A line on GPUs, then one for each variable that the engine reads.
   *
   * @param gpus that the engine finds
   * @param driver whether the system has one
   */
  static List<Finding> findings(Map<String, String> environment, int gpus, boolean driver) {
    List<Finding> findings = new ArrayList<>();
    if (gpus == 0 && driver) {
      findings.add(
          Finding.warning(
              "gpu",
              "There is a driver for GPUs, but the engine finds none: 'ticketflow doctor --gpu' says"
                  + " what is missing; the next three name a libtorch with CUDA."));
    } else if (gpus == 0) {
      findings.add(
          Finding.ok("gpu", "None found; a libtorch with CUDA is named by the next three."));
    }
    findings.add(
        variable(
            environment,
            "PYTORCH_LIBRARY_PATH",
            "the folder with the .so files of an installed libtorch, and no others"));
    findings.add(
        variable(environment, "PYTORCH_VERSION", "the version of that libtorch: " + VERSION));
    findings.add(
        variable(environment, "PYTORCH_FLAVOR", "the CUDA that it is made for: " + FLAVOUR));
    return findings;
  }

  private static Finding variable(Map<String, String> environment, String name, String meaning) {
    String value = environment.getOrDefault(name, "");
    return Finding.ok(name, (value.isEmpty() ? "Not set" : "Is " + value) + "; " + meaning + ".");
  }
}
