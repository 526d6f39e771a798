package io.ticketflow.runners.faults.agent;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Code that is put around methods of the product. */
final class Advices {
  private Advices() {}

  /** Around {@code open(path)}. */
  static final class Open {
    private Open() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) String path) throws IOException {
      Moments.before("open", path);
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Argument(0) String path) throws IOException {
      Moments.after("open", path);
    }
  }

  /** Around {@code write(path, content)} and {@code create(path, content)}. */
  static final class Write {
    private Write() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.Origin("#m") String operation,
        @Advice.Argument(0) String path,
        @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object content)
        throws IOException {
      Moments.before(operation, path);
      content = Moments.content(operation, path, content);
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Origin("#m") String operation, @Advice.Argument(0) String path)
        throws IOException {
      Moments.after(operation, path);
    }
  }

  /** Around {@code move(from, to)}. */
  static final class Move {
    private Move() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(1) String to) throws IOException {
      Moments.before("move", to);
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Argument(1) String to) throws IOException {
      Moments.after("move", to);
    }
  }

  /** Before an epoch of a training. */
  static final class Epoch {
    private Epoch() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.FieldValue(value = "job", typing = Assigner.Typing.DYNAMIC) Object job,
        @Advice.Argument(0) int epoch)
        throws IOException {
      Moments.epoch(job, epoch);
    }
  }

  /** Before a step of a training. */
  static final class Step {
    private Step() {}

    @Advice.OnMethodEnter
    static void enter() throws IOException {
      Moments.before("step", "");
    }
  }
}
