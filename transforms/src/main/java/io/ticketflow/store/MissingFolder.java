package io.ticketflow.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes a folder only where it is missed: it is there for all files but its first. */
final class MissingFolder {
  private MissingFolder() {}

  /** What the work gives; if it finds no folder, that is made first. */
  static <T> T make(Path folder, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (NoSuchFileException missing) {
      Files.createDirectories(folder);
      return work.run();
    }
  }

  /** Something that wants a folder. */
  interface Work<T> {
    T run() throws IOException;
  }
}
