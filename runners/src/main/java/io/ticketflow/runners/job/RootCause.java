package io.ticketflow.runners.job;

import io.ticketflow.spec.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What really went wrong, out of what Flink and Beam wrapped around it. */
public final class RootCause {
  private static final Pattern LINK =
      Pattern.compile("(?:Caused by: )?((?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*)(?:: (.*))?");
  private static final List<String> SPEAKING =
      List.of("io.ticketflow.", "java.io.", "java.nio.file.");

  private static final String STACK_OVERFLOW = "java.lang.StackOverflowError";

  private static final Set<String> MISSING_CODE =
      Set.of(
          "ClassNotFoundException",
          "NoClassDefFoundError",
          "NoSuchMethodError",
          "NoSuchFieldError",
          "UnsatisfiedLinkError",
          "UnsupportedClassVersionError");

  private RootCause() {}

  private record Link(String type, StringBuilder message) {
    boolean speaks() {
      return !message.isEmpty() && SPEAKING.stream().anyMatch(type::startsWith);
    }

    String sentence() {
      String simple = type.substring(type.lastIndexOf('.') + 1);
      String text = message.toString().strip();
      if ((type + " " + text).contains(STACK_OVERFLOW)) { // a JobManager's comes as a message
        return "The experiment has too many cycles for the stack of the cluster's JobManager: add"
            + " -Xss32m, or more, to env.java.opts.jobmanager in its configuration";
      }
      return switch (simple) {
        case "NoSuchFileException" -> "There is no file " + text;
        case "AccessDeniedException" -> "Access to " + text + " is denied";
        case "OutOfMemoryError" -> "A worker's memory is full (" + text + ")";
        case "NoClassDefFoundError", "ClassNotFoundException" ->
            "A worker lacks the class " + text.replace('/', '.');
        default -> text.isEmpty() ? "An internal error (" + Reason.kind(type) + ")" : text;
      };
    }
  }

  /**
   * The sentence of a Java stack trace: the message of the outermost exception that is ours or
   * about a file, for that one names it, or else of the innermost.
   */
  public static String sentence(String stackTrace) {
    List<Link> links = links(stackTrace);
    if (links.isEmpty()) {
      return stackTrace.lines().findFirst().orElse("no reason is known");
    }
    return links.stream()
        .filter(Link::speaks)
        .findFirst()
        .orElse(links.get(links.size() - 1))
        .sentence();
  }

  /** Whether a worker's program lacks a part: no restart mends that. */
  public static boolean isMissingCode(String stackTrace) {
    List<Link> links = links(stackTrace);
    return !links.isEmpty()
        && MISSING_CODE.contains(
            links.get(links.size() - 1).type().replaceFirst("^java\\.lang\\.", ""));
  }

  /** Likewise, of what was thrown here. */
  public static String sentence(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return sentence(text.toString());
  }

  /** The exceptions from the outermost to the innermost; a message may have several lines. */
  private static List<Link> links(String stackTrace) {
    List<Link> links = new ArrayList<>();
    boolean inMessage = false;
    for (String line : stackTrace.lines().toList()) {
      Matcher link = LINK.matcher(line);
      boolean starts = links.isEmpty() || line.startsWith("Caused by: ");
      if (starts && link.matches()) {
        String message = link.group(2) == null ? "" : link.group(2);
        links.add(new Link(link.group(1), new StringBuilder(unwrapped(message))));
        inMessage = true;
      } else if (line.startsWith("\tat ") || line.startsWith("\t... ")) {
        inMessage = false;
      } else if (inMessage && !links.isEmpty() && !line.isBlank()) {
        links.get(links.size() - 1).message().append(' ').append(line.strip());
      }
    }
    return links;
  }

  /** An exception without words of its own repeats its cause as "CLASS: message". */
  private static String unwrapped(String message) {
    Matcher link = LINK.matcher(message);
    return link.matches() && link.group(2) != null ? unwrapped(link.group(2)) : message;
  }
}
