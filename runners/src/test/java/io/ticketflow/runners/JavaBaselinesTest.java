package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    String output = temp.resolve(name).toString();
    Program.Said run =
        Program.call("run", BASELINES.resolve(name + ".yaml").toString(), "--output=" + output);
    assertThat(run.code()).as(run.err()).isZero();
    Program.Said verified =
        Program.call("verify", output, "--against=" + BASELINES.resolve(name + ".json"));
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).contains("same");
  }
}
