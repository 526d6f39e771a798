package io.ticketflow.runners.doctor;

import io.ticketflow.runners.cluster.ClusterFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All checks of this machine. */
public final class Doctor {
  private Doctor() {}

  /**
   * What the checks find, in a fixed order.
   *
   * @param folder where outputs would be written
   * @param environment the process's environment variables
   */
  public static List<Finding> examine(Path folder, Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>(MachineCheck.findings(folder, environment));
    findings.add(NativeLibraries.compression());
    findings.addAll(EngineCheck.findings(environment));
    findings.add(ClusterCheck.finding(ClusterFolder.standard()));
    return findings;
  }
}
