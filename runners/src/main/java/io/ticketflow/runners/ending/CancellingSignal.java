package io.ticketflow.runners.ending;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The signals that ask a process to end, by the names that systems give them. */
enum CancellingSignal {
  /** The terminal was closed. */
  HUP(1),
  /** Ctrl-C. */
  INT(2),
  /** What {@code kill} sends, and systems that shut down. */
  TERM(15);

  private static final int SIGNALLED = 128;

  private final int number;

  CancellingSignal(int number) {
    this.number = number;
  }

  /** What shells say of a process that the signal ended. */
  int exitCode() {
    return SIGNALLED + number;
  }

  /**
   * From now on the signal does this instead of ending the process; nothing changes where the
   * system has no such signal, or keeps it for itself.
   *
   * <p>By reflection: javac warns of the JDK's class by name and cannot be told not to. Libraries
   * that do the same begin to log first, which looks through all jars, a fifth of the help's time.
   */
  void whenItComes(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass() != handler) {
                  return method.invoke(action, arguments); // what every object can do
                }
                action.run();
                return null;
              });
      Object self = signal.getConstructor(String.class).newInstance(name());
      signal.getMethod("handle", signal, handler).invoke(null, self, handling);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException(e);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
