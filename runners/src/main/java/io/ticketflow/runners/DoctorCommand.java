package io.ticketflow.runners;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.doctor.Doctor;
import io.ticketflow.runners.doctor.Finding;
import io.ticketflow.runners.doctor.Finding.Level;
import io.ticketflow.runners.gpu.DeviceChecks;
import io.ticketflow.runners.launch.Devices;
import io.ticketflow.spec.UserException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine has and what is wrong with it. */
@Command(
    name = "doctor",
    description = "Checks Java, memory, disk, the engine and its devices; 1 if something is wrong.")
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--gpu",
      description =
          "Trains on a GPU for two minutes and compares with the CPU, in place of all else; 1 if"
              + " there is none.")
  private boolean gpu;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "With --gpu: gpu (the first, default), gpu:INDEX, or cpu, which tries the checks"
              + " themselves.")
  private Optional<String> device = Optional.empty();

  private boolean well = true;

  @Override
  public Integer call() {
    if (device.isPresent() && !gpu) {
      throw new UserException("--device is for 'doctor --gpu'");
    }
    DevicePolicy asked = DevicePolicy.of(device.orElse("gpu"), true, 1);
    PrintWriter out = spec.commandLine().getOut();
    out.println(new VersionText().getVersion()[0]);
    if (gpu) {
      examineDevice(asked);
    } else {
      Doctor.examine(Path.of(""), System.getenv()).forEach(this::print);
    }
    out.println(
        !well
            ? "Not ready: see the lines that say problem."
            : gpu ? "It trains as it should." : "Ready to run.");
    return well ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void examineDevice(DevicePolicy asked) {
    Optional<String> missing = asked.gpu() ? DeviceChecks.missing() : Optional.empty();
    if (missing.isPresent()) {
      print(Finding.problem("gpu", missing.get()));
    } else {
      DeviceChecks.run(Devices.policy(asked.name(), 1), this::print);
    }
  }

  private void print(Finding finding) {
    well &= finding.level() != Level.PROBLEM;
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%-8s %-20s %s%n",
        finding.level().name().toLowerCase(Locale.ROOT),
        finding.subject(),
        finding.text());
    out.flush();
  }
}
