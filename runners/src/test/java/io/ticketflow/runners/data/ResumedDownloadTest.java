package io.ticketflow.runners.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A download that broke off goes on from the part that is there, if the server lets it. */
class ResumedDownloadTest extends FetchFixture {
  @Test
  void goesOnWhereTheDownloadBrokeOff() throws IOException {
    server.cutAfter = 120_000;
    fetchPlain();
    assertThat(server.ranges()).hasSizeGreaterThanOrEqualTo(3).startsWith("");
    assertThat(server.ranges().subList(1, server.ranges().size()))
        .allMatch(range -> range.matches("bytes=[1-9][0-9]*-"));
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }

  @Test
  void goesOnAfterASilence() throws IOException {
    server.cutAfter = 120_000;
    server.stalls = true;
    assertTimeoutPreemptively(Duration.ofSeconds(30), (Executable) this::fetchPlain);
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }

  @Test
  void aServerThatStaysSilentIsGivenUp() throws IOException {
    Files.createDirectories(dir.resolve("mnist"));
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));
    server.cutAfter = 0;
    server.stalls = true;
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(this::fetchPlain)
                .isInstanceOf(FetchException.class)
                .hasMessage(
                    server.base()
                        + "images.gz broke off after 1000 of 300000 bytes; fetch again to go on"
                        + " from there"));
    assertThat(server.ranges()).hasSize(3);
    assertThat(part()).hasBinaryContent(Arrays.copyOf(CONTENT, 1000));
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    server.busy.set(2);
    fetchPlain();
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
    server.busy.set(3);
    Files.delete(dir.resolve("mnist/images.gz"));
    assertThatThrownBy(this::fetchPlain)
        .isInstanceOf(FetchException.class)
        .hasMessage(server.base() + "images.gz answers with status 503");
  }

  @Test
  void aPageInPlaceOfTheFileLeavesWhatIsThereOfIt() throws IOException {
    Files.createDirectories(dir.resolve("mnist"));
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));
    server.offer("images.gz", bytes(2000));
    assertThatThrownBy(this::fetchPlain).hasMessageContaining("sends 2000 bytes of no type");
    server.offer("images.gz", CONTENT);
    fetchPlain();
    assertThat(server.ranges()).containsExactly("bytes=1000-", "bytes=1000-");
  }

  @Test
  void aPartOfAnotherFileIsFetchedAnew() throws IOException {
    Files.createDirectories(dir.resolve("mnist"));
    Files.write(part(), new byte[1000]);
    fetchPlain();
    assertThat(server.ranges()).containsExactly("bytes=1000-", "");
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }

  @Test
  void startsAnewWhereTheServerKnowsNoRanges() throws IOException {
    Files.createDirectories(dir.resolve("mnist"));
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));
    server.knowsRanges = false;
    fetchPlain();
    assertThat(server.ranges()).containsExactly("bytes=1000-");
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }

  @Test
  void wholePartIsOnlyChecked() throws IOException {
    Files.createDirectories(dir.resolve("mnist"));
    Files.write(part(), CONTENT);
    fetchPlain();
    assertThat(server.ranges()).isEmpty();
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }
}
