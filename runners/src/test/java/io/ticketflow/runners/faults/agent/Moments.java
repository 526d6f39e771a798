package io.ticketflow.runners.faults.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What the rewritten methods call: keeps the journal and lets the fault happen.
 *
 * <p>The folder that processes and test share holds {@code armed}, a {@link Fault}, as long as it
 * has not happened, {@code journal}, and {@code released} once a waiting thread may go on. Who
 * renames {@code armed} has the fault: so it happens once, and the process in the dead one's place
 * lives.
 */
public final class Moments {
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final ThreadLocal<String> TRAINING = ThreadLocal.withInitial(() -> "");
  private static final ConcurrentHashMap<String, AtomicInteger> SEEN = new ConcurrentHashMap<>();
  private static final List<byte[]> HOG = new ArrayList<>();

  private static Path folder = Path.of("");

  private Moments() {}

  static void in(Path shared) {
    folder = shared;
  }

  /** Before an operation on a file, or a step of a training. */
  public static void before(String operation, String path) throws IOException {
    Event event = event(operation, path);
    if (!operation.equals("step")) {
      note(event);
    }
    Optional<Fault> fault = due(event, Fault.Stage.BEFORE);
    if (fault.isPresent()) {
      happen(fault.get(), event);
    }
  }

  /** After an operation that went well. */
  public static void after(String operation, String path) throws IOException {
    Event event = event(operation, path);
    Optional<Fault> fault = due(event, Fault.Stage.AFTER);
    if (fault.isPresent()) {
      happen(fault.get(), event);
    }
  }

  /** At the start of an epoch. */
  public static void epoch(Object job, int epoch) throws IOException {
    TRAINING.set(draws(job) + " epoch " + epoch + ";");
    before("epoch", "");
  }

  /** The writer of a file's content, or one that comes to a fault amid it. */
  public static Object content(String operation, String path, Object content) throws IOException {
    Event event = event(operation, path);
    Optional<Fault> fault = due(event, Fault.Stage.INSIDE);
    return fault.isPresent() ? interrupted(fault.get(), event, content) : content;
  }

  private static Object interrupted(Fault fault, Event event, Object content) {
    Class<?> port = content.getClass().getInterfaces()[0];
    return Proxy.newProxyInstance(
        port.getClassLoader(),
        new Class<?>[] {port},
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() != port || arguments == null) {
            throw new UnsupportedOperationException(method.getName());
          }
          arguments[0] = new DoomedStream((OutputStream) arguments[0], fault, event);
          try {
            method.setAccessible(true);
            return method.invoke(content, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          }
        });
  }

  /** The armed fault, if its moment has come to this process and to no other before. */
  private static Optional<Fault> due(Event event, Fault.Stage stage) throws IOException {
    Path armed = folder.resolve("armed");
    if (!Files.exists(armed)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(armed);
      Fault fault = Fault.parse(text);
      if (fault.stage() != stage || !fault.matches(event)) {
        return Optional.empty();
      }
      int seen = SEEN.computeIfAbsent(text, key -> new AtomicInteger()).incrementAndGet();
      if (seen != fault.occurrence()) {
        return Optional.empty();
      }
      if (!fault.always()) {
        Files.move(armed, folder.resolve("fired"), StandardCopyOption.ATOMIC_MOVE);
      }
      return Optional.of(fault);
    } catch (NoSuchFileException taken) {
      return Optional.empty();
    }
  }

  static void happen(Fault fault, Event event) throws IOException {
    note(
        new Event(
            System.currentTimeMillis(),
            event.pid(),
            Event.FIRED,
            event.path(),
            event.training(),
            event.stack()));
    switch (fault.effect()) {
      case KILL -> {
        signal("KILL");
        await();
      }
      case STOP -> signal("STOP");
      case WAIT -> awaitRelease();
      case DISK_FULL -> throw new IOException("No space left on device");
      case HEAP -> fill();
    }
  }

  /** Half of what is free at a time, so that other threads find nothing. */
  private static void fill() {
    while (true) {
      HOG.add(new byte[1 << 20]);
    }
  }

  private static void signal(String name) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-" + name, pid).start();
    // The thread comes to its fault, not past it.
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the signal comes. */
  @SuppressWarnings("InfiniteLoopStatement")
  private static void await() {
    while (true) {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        // it is about to die
      }
    }
  }

  private static void awaitRelease() {
    while (!Files.exists(folder.resolve("released"))) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Event event(String operation, String path) {
    String stack =
        STACK.walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().startsWith("io.ticketflow."))
                    .filter(frame -> !frame.getClassName().startsWith("io.ticketflow.runners."))
                    .limit(40)
                    .map(Moments::shortName)
                    .collect(Collectors.joining(" ")));
    return new Event(
        System.currentTimeMillis(),
        ProcessHandle.current().pid(),
        operation,
        path,
        TRAINING.get(),
        stack);
  }

  private static String shortName(StackWalker.StackFrame frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  /** Short lines, each by one call: several processes append. */
  private static void note(Event event) throws IOException {
    Files.write(
        folder.resolve("journal"),
        event.line().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The job's class is of a class loader that this one does not see. */
  private static String draws(Object job) {
    try {
      Method draws = job.getClass().getMethod("draws");
      draws.setAccessible(true);
      Object key = draws.invoke(job);
      StringBuilder name = new StringBuilder();
      for (String part : List.of("seed", "cycle", "particle")) {
        Method getter = key.getClass().getMethod(part);
        getter.setAccessible(true);
        name.append(part).append(' ').append(getter.invoke(key)).append(", ");
      }
      return name.substring(0, name.length() - 1);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a training has no draws any more", e);
    }
  }
}
