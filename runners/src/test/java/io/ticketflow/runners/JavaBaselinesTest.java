package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine in plain Java repeats what was found on another machine, to the bit. */
class JavaBaselinesTest {
  private static final Path BASELINES = Path.of("../conf/baselines");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"java-lenet", "java-resnet", "java-sparsifiers"})
  void everyDigestIsThere(String name) {
    repeats(name, BASELINES.resolve(name + ".yaml").toString());
  }

  /** On two threads a training, which must not matter. */
  @Test
  @Tag("faults") // for its time
  void everyDigestOfTheQuickstartIsThere() {
    repeats(
        "java-quickstart",
        "../conf/quickstart.yaml",
        "training.engine=java",
        "--threadsPerTraining=2");
  }

  private void repeats(String name, String... experiment) {
    String output = temp.resolve(name).toString();
    List<String> command = new ArrayList<>(List.of("run", "--output=" + output));
    command.addAll(List.of(experiment));
    Program.Said run = Program.call(command.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    Program.Said verified =
        Program.call("verify", output, "--against=" + BASELINES.resolve(name + ".json"));
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).contains("same");
  }
}
