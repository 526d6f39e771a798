package io.ticketflow.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files give an error or right tensors: no crash, no hang, no memory that they claim. */
class TensorFuzzTest {
  @TempDir Path folder;

  @Test
  void survivesDamagedFiles() throws IOException {
    assertThat(new TensorFuzz(folder, 1).run(400)).isBetween(200, 399);
  }

  /** Minutes: {@code mvn verify -Pformats}. */
  @Test
  @Tag("proofs")
  void survivesAHundredThousandDamagedFiles() throws IOException {
    assertThat(new TensorFuzz(folder, 2).run(100_000)).isBetween(50_000, 99_999);
  }
}
