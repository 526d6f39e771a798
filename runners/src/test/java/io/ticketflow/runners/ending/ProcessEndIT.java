package io.ticketflow.runners.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.Program;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals against the program's own end, each moment forced: nothing here is a matter of luck. */
class ProcessEndIT {
  private static final int OWN_CODE = 7;

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void aSignalThatComesFirstUndoesAndDecidesTheCode(String signal, int code) throws Exception {
    Process process = start("open");
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("ready");
      send(signal, process);
      assertThat(said.lines()).containsExactly("newest undone", "oldest undone");
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
  }

  @Test
  void aSignalThatComesAfterTheDecisionChangesNothing() throws Exception {
    Process process = start("decided");
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("ready");
      for (String signal : new String[] {"HUP", "INT", "TERM"}) {
        send(signal, process);
      }
      process.outputWriter().append("go on\n").flush();
      assertThat(said.lines()).isEmpty();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(OWN_CODE);
  }

  private static Process start(String when) throws Exception {
    List<String> command = new ArrayList<>(Program.heedingSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), when));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void send(String signal, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
  }

  /** A program that wants to end with a code of its own. */
  static final class Child {
    private static final CountDownLatch SIGNALLED = new CountDownLatch(1);

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      ProcessEnd.watchSignals();
      Thread main = Thread.currentThread();
      try (ProcessEnd.Undoing oldest =
              ProcessEnd.onSignal(() -> System.out.println("oldest undone"));
          ProcessEnd.Undoing newest = ProcessEnd.onSignal(() -> undo(main))) {
        assertThat(oldest).isNotSameAs(newest);
        if (arguments[0].equals("decided")) {
          ProcessEnd.decide();
        }
        System.out.println("ready");
        if (arguments[0].equals("decided")) {
          assertThat(System.in.read()).isEqualTo('g'); // every signal has come by then
        } else {
          SIGNALLED.await();
        }
      }
      ProcessEnd.exit(OWN_CODE);
    }

    /** Ends once the program itself wants to end, with all that a signal finds of it. */
    private static void undo(Thread main) {
      System.out.println("newest undone");
      SIGNALLED.countDown();
      while (main.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }
}
