package io.ticketflow.store;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * Files below a folder of a local or mounted file system.
 *
 * <p>A file is written under a name of its own in {@code tmp/}, then renamed, so readers never see
 * half of it; what a killed process leaves in {@code tmp/} may be deleted whenever nothing runs.
 * Nothing is forced to the disk: after a power failure readers' checks find what was lost. {@link
 * #create} makes a hard link, which fails if the name is taken; where a file system has no hard
 * links it looks, then renames, and of two writers within the same instant the later could win.
 */
public final class LocalBlobs implements BlobStore {
  private static final String TEMPORARY = "tmp";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;

  /** The store below that folder, which is made when it is first written to. */
  public LocalBlobs(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = resolve(path);
    try {
      return HeapStreams.open(file);
    } catch (IOException e) {
      throw named("read", file, e);
    }
  }

  @Override
  public void write(String path, IoConsumer<OutputStream> content) throws IOException {
    Path file = resolve(path);
    Path temporary = temporary(file, content);
    boolean renamed = false;
    try {
      rename(temporary, file);
      renamed = true;
    } finally {
      if (!renamed) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  @Override
  public boolean create(String path, IoConsumer<OutputStream> content) throws IOException {
    Path file = resolve(path);
    if (Files.exists(file)) {
      return false;
    }
    Path temporary = temporary(file, content);
    try {
      return MissingFolder.make(parent(file), () -> link(temporary, file));
    } catch (IOException e) {
      throw named("write", file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void move(String from, String to) throws IOException {
    rename(resolve(from), resolve(to));
  }

  /** Between folders of one file system the file gets a second name: none is ever changed. */
  @Override
  public void copy(BlobStore from, String path) throws IOException {
    if (!(from instanceof LocalBlobs other) || !isLinked(other.resolve(path), resolve(path))) {
      BlobStore.super.copy(from, path);
    }
  }

  private boolean isLinked(Path there, Path file) throws IOException {
    Path temporary = nameless(file);
    try {
      MissingFolder.make(parent(temporary), () -> Files.createLink(temporary, there));
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      return false;
    }
    try {
      rename(temporary, file);
      return true;
    } finally {
      Files.deleteIfExists(temporary); // it stays if both names are of the same file already
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.isRegularFile(resolve(path));
  }

  @Override
  public long size(String path) throws IOException {
    Path file = resolve(path);
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw named("read", file, e);
    }
  }

  @Override
  public List<String> list() throws IOException {
    return list(root);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return list(resolve(folder));
  }

  private List<String> list(Path top) throws IOException {
    if (!Files.isDirectory(top)) {
      return List.of();
    }
    try {
      return FolderListing.of(top).stream().map(this::relative).sorted().toList();
    } catch (IOException e) {
      throw named("list", top, e);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = resolve(path);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw named("delete", file, e);
    }
  }

  private Path temporary(Path file, IoConsumer<OutputStream> content) throws IOException {
    Path temporary = nameless(file);
    boolean written = false;
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              MissingFolder.make(parent(temporary), () -> HeapStreams.create(temporary)),
              BUFFER_BYTES)) {
        content.accept(out);
      }
      written = true;
      return temporary;
    } catch (IOException e) {
      throw named("write", file, e);
    } finally {
      if (!written) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** A name that no other thread, process or machine takes; it reaches no result. */
  private Path nameless(Path file) {
    String name =
        file.getFileName() + "." + ProcessHandle.current().pid() + "." + UUID.randomUUID();
    return root.resolve(TEMPORARY).resolve(name);
  }

  private static boolean link(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException noFolder) {
      throw noFolder;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      try {
        Files.move(temporary, file);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      MissingFolder.make(
          parent(to),
          () ->
              Files.move(
                  from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    } catch (IOException e) {
      throw named("write", to, e);
    }
  }

  private Path resolve(String path) {
    return root.resolve(BlobPath.checked(path, root));
  }

  private String relative(Path file) {
    return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  /** The same failure in one sentence with the file in it. */
  private static IOException named(String what, Path file, IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      NoSuchFileException missing = new NoSuchFileException(file.toString());
      missing.initCause(e);
      return missing;
    }
    String reason = e.getMessage();
    if (e instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      reason = e.getMessage() + " is not a folder";
    } else if (e instanceof FileSystemException known && known.getReason() != null) {
      reason = known.getReason();
    }
    return new IOException("cannot " + what + " " + file + ": " + reason, e);
  }
}
