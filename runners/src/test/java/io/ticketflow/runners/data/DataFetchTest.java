package io.ticketflow.runners.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ticketflow.learn.data.KnownDataset;
import io.ticketflow.learn.data.KnownDatasets;
import io.ticketflow.runners.data.Publication.Download;
import io.ticketflow.runners.data.Publication.Member;
import io.ticketflow.spec.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DataFetchTest {
  private static final byte[] CONTENT = bytes(300_000);
  private static final Patience HASTY =
      new Patience(Duration.ofSeconds(1), 3, Duration.ofMillis(10));

  @TempDir Path dir;
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer();
    server.offer("images.gz", CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Path fetchPlain(String md5, Progress progress) throws IOException {
    Publication publication =
        new Publication(
            server.base(),
            "mnist",
            List.of(new Download("images.gz", CONTENT.length, md5)),
            List.of());
    return new DataFetch(new Catalogue(Map.of("mnist", publication)), HASTY, Map.of())
        .fetch("mnist", dir, Optional.empty(), progress);
  }

  private Path fetchPlain() throws IOException {
    return fetchPlain(md5(CONTENT), Progress.SILENT);
  }

  private Path part() {
    return dir.resolve("mnist/images.gz.part");
  }

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

  /** An archive of files and, where the content is null, of symbolic links to /etc. */
  private static byte[] archive(Map<String, byte[]> files, List<String> links) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String link : links) {
        TarArchiveEntry entry = new TarArchiveEntry(link, TarConstants.LF_SYMLINK);
        entry.setLinkName("/etc");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Path fetchArchive(byte[] archive) throws IOException {
    server.offer("cifar.tar.gz", archive);
    Publication publication =
        new Publication(
            server.base(),
            "cifar",
            List.of(new Download("cifar.tar.gz", archive.length, md5(archive))),
            List.of(new Member("train.bin", 5000)));
    return new DataFetch(new Catalogue(Map.of("cifar10", publication)), HASTY, Map.of())
        .fetch("cifar10", dir.resolve("in"), Optional.empty(), Progress.SILENT);
  }

  private void refusesArchive(byte[] archive, String reason) throws IOException {
    assertThatThrownBy(() -> fetchArchive(archive))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("cifar.tar.gz")
        .hasMessageContaining(reason);
    // Nothing of it stays, inside or outside of the folder, but the archive itself.
    try (Stream<Path> left = Files.walk(dir)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(dir.resolve("in/cifar.tar.gz"));
    }
  }

  @Test
  void unpacksAnArchiveAndKeepsWhatIsThere() throws IOException {
    byte[] archive =
        archive(Map.of("cifar/train.bin", bytes(5000), "cifar/readme.html", bytes(10)), List.of());
    assertThat(fetchArchive(archive).resolve("train.bin")).hasBinaryContent(bytes(5000));
    try (Stream<Path> left = Files.walk(dir.resolve("in"))) {
      assertThat(left.filter(Files::isRegularFile).map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("train.bin", "readme.html");
    }
    fetchArchive(archive);
    assertThat(server.ranges()).hasSize(1);
  }

  @Test
  void archiveEntriesThatLeaveTheFolderAreRefused() throws IOException {
    byte[] data = bytes(5000);
    refusesArchive(
        archive(Map.of("cifar/train.bin", data, "../evil", new byte[1]), List.of()),
        "../evil, which leaves the folder");
  }

  @Test
  void absoluteArchiveEntriesAreRefused() throws IOException {
    Path evil = dir.resolve("evil").toAbsolutePath();
    refusesArchive(
        archive(Map.of(evil.toString(), new byte[1]), List.of()), "which leaves the folder");
  }

  @Test
  void archiveLinksAreRefused() throws IOException {
    refusesArchive(
        archive(Map.of("cifar/train.bin", bytes(5000)), List.of("cifar")),
        "neither a file nor a folder");
  }

  @Test
  void archivesThatUnpackToMoreThanTheDataAreRefused() throws IOException {
    refusesArchive(
        archive(Map.of("cifar/zeros.bin", new byte[4 << 20]), List.of()), "unpacks to more than");
  }

  @Test
  void archivesWithoutTheDataAreRefused() throws IOException {
    refusesArchive(
        archive(Map.of("cifar/train.bin", bytes(4999)), List.of()),
        "holds no cifar/train.bin of 5000 bytes");
  }

  @Test
  void archivesThatAreNoneAreRefused() throws IOException {
    refusesArchive(bytes(1000), "not a sound .tar.gz file");
  }

  @Test
  void dataSetsAreNamedAsInSpecifications() {
    assertThatThrownBy(() -> Catalogue.published().of("glyphs"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mnist, fashion-mnist, cifar10, cifar100");
  }

  @Test
  void catalogueKnowsEveryDataSet() {
    Map<String, Publication> publications = Catalogue.published().publications();
    assertThat(publications.keySet())
        .containsExactlyElementsOf(
            KnownDatasets.ALL.stream()
                .filter(KnownDataset::isPublished)
                .map(KnownDataset::name)
                .toList());
    publications
        .values()
        .forEach(
            publication ->
                assertThat(publication.downloads())
                    .isNotEmpty()
                    .allSatisfy(download -> assertThat(download.md5()).matches("[0-9a-f]{32}")));
  }
}
