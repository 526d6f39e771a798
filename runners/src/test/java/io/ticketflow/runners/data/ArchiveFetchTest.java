package io.ticketflow.runners.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.runners.data.Publication.Download;
import io.ticketflow.runners.data.Publication.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** A fetch unpacks an archive of the published data, and leaves nothing of any other archive. */
class ArchiveFetchTest extends FetchFixture {
  /** An archive of files, and of symbolic links to /etc. */
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
}
