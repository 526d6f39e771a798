package io.ticketflow.runners.faults.agent;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * What shall happen as a process comes to a moment: in the first one, unless it is {@code always}.
 *
 * @param operation open, write, create or move of a file of the output; epoch or step of a training
 * @param path found in the file's path
 * @param training found in the name of the thread's newest epoch, such as "seed 1, cycle 0,
 *     particle 1, epoch 3"
 * @param within found in the methods on the stack, innermost first, such as "CheckpointStore.save"
 * @param occurrence which such moment of a process it is, from 1
 * @param bytes for {@link Stage#INSIDE}: after how many bytes of a file
 * @param always in every process that comes to the moment, not in the first only
 */
public record Fault(
    Effect effect,
    String operation,
    String path,
    String training,
    String within,
    int occurrence,
    Stage stage,
    int bytes,
    boolean always) {

  /** What happens. */
  public enum Effect {
    /** The process is killed by SIGKILL. */
    KILL,
    /** The process is stopped by SIGSTOP; a test lets it go on by SIGCONT. */
    STOP,
    /** The thread waits until a test lets it go on; the process's others do not. */
    WAIT,
    /** The operation fails as it does on a full disk. */
    DISK_FULL,
    /** The process's heap is filled. */
    HEAP
  }

  /** When, in the operation. */
  public enum Stage {
    BEFORE,
    INSIDE,
    AFTER
  }

  /** Before the first operation of that kind. */
  public static Fault before(Effect effect, String operation) {
    return new Fault(effect, operation, "", "", "", 1, Stage.BEFORE, 0, false);
  }

  public Fault path(String regex) {
    return new Fault(effect, operation, regex, training, within, occurrence, stage, bytes, always);
  }

  public Fault training(String regex) {
    return new Fault(effect, operation, path, regex, within, occurrence, stage, bytes, always);
  }

  public Fault within(String regex) {
    return new Fault(effect, operation, path, training, regex, occurrence, stage, bytes, always);
  }

  public Fault occurrence(int number) {
    return new Fault(effect, operation, path, training, within, number, stage, bytes, always);
  }

  public Fault afterBytes(int count) {
    return new Fault(
        effect, operation, path, training, within, occurrence, Stage.INSIDE, count, always);
  }

  public Fault after() {
    return new Fault(
        effect, operation, path, training, within, occurrence, Stage.AFTER, bytes, always);
  }

  public Fault everyTime() {
    return new Fault(effect, operation, path, training, within, occurrence, stage, bytes, true);
  }

  /** Whether a moment is of this kind. */
  public boolean matches(Event event) {
    return operation.equals(event.operation())
        && Pattern.compile(path).matcher(event.path()).find()
        && Pattern.compile(training).matcher(event.training()).find()
        && Pattern.compile(within).matcher(event.stack()).find();
  }

  /** As {@link #parse} reads it. */
  public String text() {
    Properties properties = new Properties();
    properties.setProperty("effect", effect.name());
    properties.setProperty("operation", operation);
    properties.setProperty("path", path);
    properties.setProperty("training", training);
    properties.setProperty("within", within);
    properties.setProperty("occurrence", Integer.toString(occurrence));
    properties.setProperty("stage", stage.name());
    properties.setProperty("bytes", Integer.toString(bytes));
    properties.setProperty("always", Boolean.toString(always));
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** The fault of a text. */
  public static Fault parse(String text) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(text)) {
      properties.load(reader);
    }
    return new Fault(
        Effect.valueOf(properties.getProperty("effect").toUpperCase(Locale.ROOT)),
        properties.getProperty("operation"),
        properties.getProperty("path"),
        properties.getProperty("training"),
        properties.getProperty("within"),
        Integer.parseInt(properties.getProperty("occurrence")),
        Stage.valueOf(properties.getProperty("stage")),
        Integer.parseInt(properties.getProperty("bytes")),
        Boolean.parseBoolean(properties.getProperty("always")));
  }
}
