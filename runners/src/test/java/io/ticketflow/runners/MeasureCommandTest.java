package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Measures are added to what is trained, and to nothing else. */
class MeasureCommandTest extends CommandFixture {
  @Test
  void addsTablesAndFiguresAndLeavesAllElse() throws IOException {
    assertThat(run("methods=[swamp]", "particles=2", "measure.take=diversity")).as(err).isZero();
    Map<String, byte[]> before = tables();
    assertThat(before.keySet()).anyMatch(name -> name.startsWith("metrics/pairs/"));

    assertThat(measure("--add=hull,cycle-barriers", "measure.hullPoints=2", "measure.points=2"))
        .as(err)
        .isZero();
    assertThat(out).contains("0 networks trained");
    Map<String, byte[]> after = tables();
    assertThat(after).containsAllEntriesOf(before);
    assertThat(after.keySet())
        .anyMatch(name -> name.startsWith("metrics/hulls/"))
        .anyMatch(name -> name.startsWith("metrics/barriers/"));
    assertThat(output.resolve("report.html"))
        .content()
        .contains("id=\"hull\"", "id=\"diversity\"", "id=\"barriers\"");

    // the output's own experiment holds what was added, and the first call is still its call
    assertThat(measure()).as(err).isZero();
    assertThat(tables()).containsExactlyEntriesOf(after);
    assertThat(run("methods=[swamp]", "particles=2", "measure.take=diversity")).as(err).isZero();
    assertThat(out).contains("0 networks trained");
  }

  @Test
  void refusesWhatIsNoMeasureAndWhatWouldTrain() throws IOException {
    assertThat(measure("--add=hull")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("There is no output of Ticketflow in " + output);

    assertThat(run()).as(err).isZero();
    Map<String, byte[]> before = files(output);
    assertThat(measure("--add=hul")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("measure.take must be particle-barriers", "hul");
    assertThat(measure("training.epochs=9")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("measure changes keys of measure: alone");
    assertThat(files(output)).containsExactlyEntriesOf(before);

    assertThat(call("gc", output.toString())).isZero();
    for (String action : files(output).keySet()) {
      if (action.startsWith("actions/")) {
        Files.delete(output.resolve(action));
      }
    }
    assertThat(measure("--add=hessian")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("networks of its experiment", "without --no-training");
  }

  private int measure(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "measure";
    arguments[1] = output.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return call(arguments);
  }

  private Map<String, byte[]> tables() throws IOException {
    Map<String, byte[]> tables = new TreeMap<>(files(output));
    tables.keySet().removeIf(name -> !name.startsWith("metrics/"));
    return tables;
  }
}
