package io.ticketflow.runners.export;

import io.ticketflow.spec.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which network of a cycle is meant.
 *
 * @param detail the particle's number, or the pool's kind; empty for the others
 */
public record NetworkChoice(Kind kind, String detail) {
  /** What a cycle has. */
  public enum Kind {
    SOLUTION,
    TICKET,
    PARTICLE,
    POOL
  }

  private static final Pattern FORM =
      Pattern.compile("(solution|ticket)|particle:(\\d{1,9})|pool:(\\S+)");

  /**
   * Reads solution, ticket, particle:P or pool:KIND.
   *
   * @throws UserException if it is none of these
   */
  public static NetworkChoice parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw UserException.of(
          "--what must be solution, ticket, particle:P (such as particle:0) or pool:K (such as "
              + "pool:lottery), got %s",
          text);
    }
    if (form.group(2) != null) {
      return new NetworkChoice(Kind.PARTICLE, form.group(2));
    }
    if (form.group(3) != null) {
      return new NetworkChoice(Kind.POOL, form.group(3));
    }
    return new NetworkChoice(text.equals("ticket") ? Kind.TICKET : Kind.SOLUTION, "");
  }

  /** The folder of an output whose records say which cycles have one. */
  String folder() {
    return switch (kind) {
      case SOLUTION, PARTICLE -> "solutions";
      case TICKET -> "tickets";
      case POOL -> "pools";
    };
  }

  /** How the names of its records begin. */
  String prefix() {
    return kind == Kind.POOL ? detail + "-cycle-" : "cycle-";
  }
}
