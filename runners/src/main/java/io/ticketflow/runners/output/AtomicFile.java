package io.ticketflow.runners.output;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.IoConsumer;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Text files that readers see whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Replaces a file of an output, wherever that lies; on failure it stays as it was. */
  public static void write(Location output, String name, String text) throws IOException {
    Optional<Path> folder = output.folder();
    if (folder.isPresent()) {
      write(folder.get().resolve(name), text);
    } else {
      output.blobs().write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /**
   * Accepts where a file shall be written.
   *
   * @throws UserException naming the option, if that is a folder or in none
   */
  public static void checkPlace(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException(option + " must name a file, got the folder " + file);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw UserException.of(
          "%s must name a file in a folder that exists, got %s: no %s", option, file, folder);
    }
  }

  /**
   * Accepts where a new file shall be written.
   *
   * @throws UserException naming the option, if there is one, or its folder is none
   */
  public static void checkNew(String option, Path file) {
    checkPlace(option, file);
    if (Files.exists(file)) {
      throw UserException.of("%s must name a new file; %s is there already.", option, file);
    }
  }

  /**
   * Accepts a folder where files shall be written, or one that can be made.
   *
   * @throws UserException naming the option, if it is none or must not be written
   */
  public static void checkFolder(String option, Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw UserException.of(
          "%s must name a folder, got %s, but %s is a file", option, folder, existing);
    }
    if (!Files.isWritable(existing)) {
      throw UserException.of(
          "%s must name a folder that can be written, got %s: there is no permission in %s",
          option, folder, existing);
    }
  }

  /** What a process that is killed amid {@link #write} leaves beside the file. */
  public static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /** Replaces the file; on failure it stays as it was. */
  public static void write(Path file, String text) throws IOException {
    write(file, next -> Files.writeString(next, text));
  }

  /**
   * Likewise.
   *
   * @param content makes the file under the name that it is given
   */
  public static void write(Path file, IoConsumer<Path> content) throws IOException {
    Path next = unfinished(file);
    try {
      content.accept(next);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
