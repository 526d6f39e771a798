package io.ticketflow.runners.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.runners.data.Publication.Download;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A fetch keeps files that hold the published content, downloads the others, and refuses any other
 * content.
 */
class DownloadTest extends FetchFixture {
  @Test
  void fetchesAWholeFileAndTellsHowFarItIs() throws IOException {
    List<Long> done = new ArrayList<>();
    Path folder =
        fetchPlain(
            md5(CONTENT),
            (file, bytes, total) -> {
              assertThat(file).isEqualTo("images.gz");
              assertThat(total).isEqualTo(CONTENT.length);
              done.add(bytes);
            });
    assertThat(folder).isEqualTo(dir.resolve("mnist"));
    assertThat(folder.resolve("images.gz")).hasBinaryContent(CONTENT);
    assertThat(part()).doesNotExist();
    assertThat(done).isSorted().startsWith(0L).endsWith((long) CONTENT.length);
  }

  @Test
  void keepsFilesThatAreThere() throws IOException {
    fetchPlain();
    fetchPlain();
    assertThat(server.ranges()).hasSize(1);
  }

  @Test
  void replacesAFileThatIsDamaged() throws IOException {
    Files.createDirectories(dir.resolve("mnist"));
    Files.write(dir.resolve("mnist/images.gz"), new byte[CONTENT.length]);
    fetchPlain();
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }

  @Test
  void mirrorTakesThePublishersPlace() throws IOException {
    Publication publication =
        new Publication(
            URI.create("http://publisher.invalid/"),
            "mnist",
            List.of(new Download("images.gz", CONTENT.length, md5(CONTENT))),
            List.of());
    String base = server.base().toString();
    URI mirror = URI.create(base.substring(0, base.length() - 1));
    new DataFetch(new Catalogue(Map.of("mnist", publication)), HASTY, Map.of())
        .fetch("mnist", dir, Optional.of(mirror), Progress.SILENT);
    assertThat(dir.resolve("mnist/images.gz")).hasBinaryContent(CONTENT);
  }

  @Test
  void aWholeAnswerOfAnotherLengthIsNamedAndNotKept() {
    server.offer("images.gz", "<html>Log in</html>".getBytes(StandardCharsets.US_ASCII));
    server.type = "text/html; charset=utf-8";
    for (boolean chunked : new boolean[] {false, true}) {
      server.chunked = chunked;
      assertThatThrownBy(this::fetchPlain)
          .isInstanceOf(FetchException.class)
          .hasMessage(
              server.base()
                  + "images.gz sends "
                  + (chunked ? "a page" : "19 bytes")
                  + " of text/html; charset=utf-8 instead of the published 300000 bytes, so"
                  + " nothing of it was kept");
    }
    server.type = "application/gzip";
    assertThatThrownBy(this::fetchPlain)
        .hasMessageContaining("sends 19 bytes of application/gzip instead of the published 300000");
    assertThat(server.ranges()).hasSize(3);
    assertThat(part()).doesNotExist();
  }

  @Test
  void wrongDigestDeletesTheDownloadAndSaysSo() {
    assertThatThrownBy(() -> fetchPlain("0".repeat(32), Progress.SILENT))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(server.base() + "images.gz")
        .hasMessageContaining(md5(CONTENT))
        .hasMessageContaining("deleted");
    assertThat(part()).doesNotExist();
    assertThat(dir.resolve("mnist/images.gz")).doesNotExist();
  }

  @Test
  void contentThatIsTooLongIsRefused() {
    server.offer("images.gz", bytes(300_001));
    assertThatThrownBy(this::fetchPlain)
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("sends 300001 bytes of no type instead of the published 300000");
    assertThat(part()).doesNotExist();
  }

  @Test
  void missingFilesAreNamed() {
    Publication publication =
        new Publication(server.base(), "mnist", List.of(new Download("no.gz", 1, "00")), List.of());
    DataFetch fetch = new DataFetch(new Catalogue(Map.of("mnist", publication)), HASTY, Map.of());
    assertThatThrownBy(() -> fetch.fetch("mnist", dir, Optional.empty(), Progress.SILENT))
        .isInstanceOf(FetchException.class)
        .hasMessage(server.base() + "no.gz answers with status 404");
  }

  @Test
  void refusedConnectionsAreNamed() {
    server.close();
    assertThatThrownBy(this::fetchPlain)
        .isInstanceOf(FetchException.class)
        .hasNoCause()
        .hasMessageContaining(server.base() + "images.gz cannot be reached");
  }

  @Test
  void foldersThatCannotBeMadeAreNamed() throws IOException {
    Files.writeString(dir.resolve("mnist"), "a file where the folder should be");
    assertThatThrownBy(this::fetchPlain)
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(dir.toString());
  }
}
