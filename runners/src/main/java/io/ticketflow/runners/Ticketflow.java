package io.ticketflow.runners;

import io.ticketflow.runners.ending.ProcessEnd;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program. */
@Command(
    name = "ticketflow",
    description = "Finds sparse networks by iterative magnitude pruning with weight averaging.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      CancelCommand.class,
      PlanCommand.class,
      SchemaCommand.class,
      ReportCommand.class,
      VerifyCommand.class,
      BaselineCommand.class,
      RerunCommand.class,
      MeasureCommand.class,
      HistoryCommand.class,
      QueryCommand.class,
      ExportCommand.class,
      MergeCommand.class,
      GcCommand.class,
      DoctorCommand.class,
      DataCommand.class,
      ClusterCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Start with: ticketflow run conf/quickstart.yaml",
      "Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration,",
      "            3 some runs failed, 4 different, 5 cannot tell whether different,",
      "            130 cancelled."
    })
public final class Ticketflow implements Runnable {
  private static final String[] VERBOSE = {"-v", "--verbose"};

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show the log and the stack traces of errors.")
  private boolean verbose;

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] args) {
    // Our code names its locale; libraries, such as the progress bar's, do not.
    Locale.setDefault(Locale.ROOT);
    // Before the first logger exists, which reads it.
    for (String arg : args) {
      if (arg.equals(VERBOSE[0]) || arg.equals(VERBOSE[1])) {
        System.setProperty("ticketflow.log", "INFO");
      }
    }
    // Else picocli looks for Groovy's closures in all jars, a quarter of the help's time.
    System.setProperty("picocli.disable.closures", "true");
    ProcessEnd.watchSignals();
    int code;
    try {
      code = commandLine().execute(args);
    } catch (Error e) { // picocli handles exceptions only; a full heap deserves its sentence too
      ProcessEnd.decide();
      code = Sentences.report(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8), false);
    }
    ProcessEnd.exit(code);
  }

  /** The command line; a call of {@code execute} returns an {@link ExitCode} and never throws. */
  public static CommandLine commandLine() {
    Ticketflow program = new Ticketflow();
    CommandLine line = new CommandLine(program);
    line.registerConverter(Path.class, Ticketflow::path);
    line.registerConverter(Location.class, Ticketflow::location);
    line.registerConverter(URI.class, Ticketflow::address);
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          ProcessEnd.decide(); // of what a signal brings about nothing is told
          return Sentences.report(exception, command.getErr(), program.verbose);
        });
    line.setParameterExceptionHandler(
        (exception, args) -> Sentences.report(exception, exception.getCommandLine().getErr()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'" + printable(text) + "' is no path of this system: " + printable(e.getReason()));
    }
  }

  private static Location location(String text) {
    try {
      Location location = new Location(text);
      if (location.scheme().isEmpty() && !text.startsWith("file:")) {
        path(text);
      }
      location.absolute();
      return location;
    } catch (UserException e) {
      throw new TypeConversionException(printable(String.valueOf(e.getMessage())));
    }
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new TypeConversionException(
          "'" + printable(text) + "' is no address, such as https://example.org/mnist/");
    }
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: one of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
