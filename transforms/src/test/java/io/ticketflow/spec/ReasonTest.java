package io.ticketflow.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void saysWhatAWrappedErrorSaid() {
    IOException full = new IOException("No space left on device\nand more");
    assertThat(Reason.of(full)).isEqualTo("No space left on device");
    assertThat(Reason.of(new UncheckedIOException(full))).isEqualTo("No space left on device");
    assertThat(Reason.of(new RuntimeException(new UncheckedIOException(full))))
        .isEqualTo("No space left on device");
  }

  @Test
  void saysTheKindOfAnErrorWithoutWords() {
    assertThat(Reason.of(new NullPointerException())).isEqualTo("null pointer");
    assertThat(Reason.of(new RuntimeException(new StackOverflowError())))
        .isEqualTo("stack overflow");
    assertThat(Reason.kind("x.IOException")).isEqualTo("io");
    assertThat(Reason.kind("x.EOFException")).isEqualTo("eof");
    assertThat(Reason.kind("x.Outer$HTTPBrokenError")).isEqualTo("http broken");
    assertThat(Reason.kind("x.Error")).isEqualTo("error");
  }

  @Test
  void saysWhyAFileCannotBeUsed() {
    assertThat(Reason.of(new AccessDeniedException("/a"))).isEqualTo("access denied");
    assertThat(Reason.of(new NoSuchFileException("/a"))).isEqualTo("no such file");
    assertThat(Reason.of(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
  }

  @Test
  void leavesWordsAlone() {
    assertThat(Reason.of(new IOException("data.train must be at least 0: got -1")))
        .isEqualTo("data.train must be at least 0: got -1");
    assertThat(Reason.of(new IOException("s3.example.org: no answer")))
        .isEqualTo("s3.example.org: no answer");
  }
}
