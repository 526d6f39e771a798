package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script in a real bash. */
class CompletionCommandTest {
  @TempDir Path folder;

  @Test
  void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
    Program.Said said = Program.call("completion", "bash");
    assertThat(said.code()).isZero();
    Path script = Files.writeString(folder.resolve("ticketflow"), said.out());
    assertThat(bash("bash -n '" + script + "'")).isEmpty();
    assertThat(completed(script, "ru")).isEqualTo("run");
    assertThat(completed(script, "run", "--tr")).contains("--track", "--trainersPerDevice");
    assertThat(completed(script, "gc", "--st")).endsWith("--store");
    assertThat(completed(script, "cluster", "sta")).contains("start", "status");
    assertThat(Program.call("completion", "zsh").out()).contains("bashcompinit");
    assertThat(Program.call("completion", "fish").code()).isEqualTo(2);
  }

  private static String completed(Path script, String... words)
      throws IOException, InterruptedException {
    return bash(
        String.format(
            Locale.ROOT,
            "source '%s'; COMP_WORDS=(ticketflow %s); COMP_CWORD=%d; COMP_TYPE=9; "
                + "_complete_ticketflow; echo -n \"${COMPREPLY[@]}\"",
            script,
            String.join(" ", words),
            words.length));
  }

  private static String bash(String line) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }
}
