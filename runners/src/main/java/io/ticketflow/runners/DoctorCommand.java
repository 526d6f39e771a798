package io.ticketflow.runners;

import io.ticketflow.runners.doctor.Doctor;
import io.ticketflow.runners.doctor.Finding;
import io.ticketflow.runners.doctor.Finding.Level;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine has and what is wrong with it. */
@Command(
    name = "doctor",
    description = "Checks Java, memory, disk, the engine and its devices; 1 if something is wrong.")
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(new VersionText().getVersion()[0]);
    List<Finding> findings = Doctor.examine(Path.of(""), System.getenv());
    for (Finding finding : findings) {
      out.printf(
          Locale.ROOT,
          "%-8s %-20s %s%n",
          finding.level().name().toLowerCase(Locale.ROOT),
          finding.subject(),
          finding.text());
    }
    boolean well = findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
    out.println(well ? "Ready to run." : "Not ready: see the lines that say problem.");
    return well ? ExitCode.DONE : ExitCode.FAILED;
  }
}
