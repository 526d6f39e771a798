package io.ticketflow.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The files below a folder, to which others write and from which they remove meanwhile: what is
 * gone when it is looked at is not there.
 */
final class FolderListing extends SimpleFileVisitor<Path> {
  private final List<Path> found = new ArrayList<>();

  private FolderListing() {}

  static List<Path> of(Path top) throws IOException {
    FolderListing listing = new FolderListing();
    Files.walkFileTree(top, listing);
    return listing.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() || Files.isRegularFile(file)) { // or a link to one
      found.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }
}
