package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tar.gz} file, unpacked as if its author meant harm: entries that leave the folder,
 * links, devices, and more content than the publication has are refused, and nothing comes to its
 * place before the whole archive has been read.
 */
final class TarArchive {
  private static final int MOST_ENTRIES = 100;

  /** Room for what lies beside the data: names of labels, a page of notes. */
  private static final long BESIDE_THE_DATA = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final Path archive;
  private final long mostBytes;

  private TarArchive(Path archive, long mostBytes) {
    this.archive = archive;
    this.mostBytes = mostBytes;
  }

  /** Puts the publication's folder into a folder, every member of its published length. */
  static void unpack(Path archive, Path into, Publication publication) throws IOException {
    long content = publication.members().stream().mapToLong(Member::bytes).sum();
    Path staging = Files.createTempDirectory(into, ".unpack");
    try {
      new TarArchive(archive, content + BESIDE_THE_DATA).unpackTo(staging);
      Path from = staging.resolve(publication.folder());
      for (Member member : publication.members()) {
        Path file = from.resolve(member.name());
        if (!Files.isRegularFile(file) || Files.size(file) != member.bytes()) {
          throw new FetchException(
              archive
                  + " holds no "
                  + publication.folder()
                  + "/"
                  + member.name()
                  + " of "
                  + member.bytes()
                  + " bytes");
        }
      }
      moveFiles(from, into.resolve(publication.folder()));
    } finally {
      delete(staging);
    }
  }

  private void unpackTo(Path staging) throws IOException {
    long room = mostBytes;
    int entries = 0;
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(file))) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        if (++entries > MOST_ENTRIES) {
          throw new FetchException(archive + " holds more than " + MOST_ENTRIES + " entries");
        }
        Path target = target(entry, staging);
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Path parent = target.getParent();
          if (parent != null) {
            Files.createDirectories(parent);
          }
          room -= copy(tar, target, room);
        }
      }
    }
  }

  private Path target(TarArchiveEntry entry, Path staging) throws FetchException {
    String name = entry.getName();
    if (!entry.isDirectory() && (!entry.isFile() || entry.isLink() || entry.isSymbolicLink())) {
      throw new FetchException(
          archive + " holds " + name + ", which is neither a file nor a folder");
    }
    Path target;
    try {
      target = staging.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new FetchException(archive + " holds an entry whose name is no path: " + name, e);
    }
    if (!target.startsWith(staging) || (target.equals(staging) && !entry.isDirectory())) {
      throw new FetchException(archive + " holds " + name + ", which leaves the folder");
    }
    return target;
  }

  private long copy(TarArchiveInputStream tar, Path target, long room) throws IOException {
    long copied = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = read(tar, buffer); read >= 0; read = read(tar, buffer)) {
        copied += read;
        if (copied > room) {
          throw new FetchException(
              archive + " unpacks to more than the " + mostBytes + " bytes it may have");
        }
        out.write(buffer, 0, read);
      }
    }
    return copied;
  }

  private InputStream unpacked(InputStream file) throws FetchException {
    try {
      return new GZIPInputStream(file, BUFFER);
    } catch (IOException e) {
      throw unsound(e);
    }
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws FetchException {
    try {
      return tar.getNextEntry();
    } catch (IOException | RuntimeException e) {
      throw unsound(e);
    }
  }

  private int read(TarArchiveInputStream tar, byte[] buffer) throws FetchException {
    try {
      return tar.read(buffer);
    } catch (IOException e) {
      throw unsound(e);
    }
  }

  private FetchException unsound(Exception e) {
    return new FetchException(
        archive + " is not a sound .tar.gz file: " + FetchException.reason(e), e);
  }

  private static void moveFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    List<Path> files;
    try (Stream<Path> found = Files.list(from)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
