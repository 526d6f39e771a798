package io.ticketflow.runners;

import io.ticketflow.runners.cluster.ClusterException;
import io.ticketflow.runners.data.FetchException;
import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors, each as one sentence on the error stream and an exit code. */
final class Sentences {
  private Sentences() {}

  /** Of a failed command; the stack trace follows only if asked for. */
  static int report(Throwable thrown, PrintWriter err, boolean verbose) {
    Throwable cause = deepest(thrown);
    err.println("ticketflow: " + of(cause));
    if (verbose) {
      thrown.printStackTrace(err);
    }
    err.flush();
    if (cause instanceof JobCancelledException) {
      return ExitCode.CANCELLED;
    }
    return cause instanceof UserException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  /** Of arguments that do not parse, with what is near to them. */
  static int report(ParameterException thrown, PrintWriter err) {
    CommandLine command = thrown.getCommandLine();
    err.println("ticketflow: " + sentence(firstLine(String.valueOf(thrown.getMessage()))));
    if (thrown instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        err.println("Did you mean " + near.get(0) + "?");
      }
    }
    err.println(
        "'" + command.getCommandSpec().qualifiedName() + " --help' shows what can be written.");
    err.flush();
    return ExitCode.USAGE;
  }

  /** What went wrong, as one sentence. */
  static String of(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof NoSuchFileException) {
      return "There is no file " + message + ".";
    }
    if (cause instanceof AccessDeniedException) {
      return "Access to " + message + " is denied.";
    }
    if (cause instanceof OutOfMemoryError) {
      return "The Java heap is full ("
          + message
          + "): set TICKETFLOW_HEAP to more, such as TICKETFLOW_HEAP=8g.";
    }
    if (cause instanceof StackOverflowError) {
      return "The experiment has too many cycles for the stack of this process: set "
          + "TICKETFLOW_JVM to"
          + " a larger one, such as TICKETFLOW_JVM=-Xss256m.";
    }
    if (message == null || message.isBlank()) {
      return "An internal error (" + Reason.of(cause) + "); --verbose shows where.";
    }
    if (cause instanceof UserException
        || cause instanceof FetchException
        || cause instanceof ClusterException) {
      return sentence(message);
    }
    if (cause instanceof IOException && !message.startsWith("cannot ")) {
      return sentence("A file could not be read or written: " + Reason.of(cause));
    }
    return sentence(Reason.of(cause));
  }

  /**
   * What was thrown in a worker, out of what Beam and Flink wrapped around it, often several times:
   * the outermost exception that is ours or about a file, for that one names it.
   */
  static Throwable deepest(Throwable thrown) {
    Throwable cause = thrown;
    while (!speaks(cause) && cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean speaks(Throwable thrown) {
    return thrown instanceof IOException
        || thrown.getClass().getPackageName().startsWith("io.ticketflow.");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }

  private static String sentence(String text) {
    String trimmed = text.strip();
    return trimmed.endsWith(".") || trimmed.endsWith("?") ? trimmed : trimmed + ".";
  }
}
