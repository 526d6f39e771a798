package io.ticketflow.runners.output;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder or URI in which outputs share what is trained: one with a file that says so. */
public final class StoreFolder {
  private static final String MARK = "ticketflow-store.txt";
  private static final String TEXT =
      "A store of Ticketflow: what outputs share. 'ticketflow gc --store' removes from it.\n";

  private StoreFolder() {}

  /**
   * What has to be known before anything is read or written: whether the store may be used.
   *
   * @throws UserException if it and the output lie in each other, it is a file, holds files that
   *     are not a store's, or cannot be reached
   */
  public static void check(Location store, Location output) {
    String here = store.absolute() + "/";
    String there = output.absolute() + "/";
    if (here.startsWith(there) || there.startsWith(here)) {
      throw UserException.of(
          "The store %s and the output %s must not lie in each other: name another folder with "
              + "--store=DIR.",
          store, output);
    }
    try {
      Optional<String> foreign = isThere(store) ? Optional.empty() : first(store);
      if (foreign.isPresent()) {
        throw UserException.of(
            "The store %s holds files that are not a store's (%s): name an empty or a new one "
                + "with --store=DIR.",
            store, foreign.get());
      }
    } catch (IOException e) {
      throw UserException.of("The store %s cannot be used: %s", store, FileReason.of(e));
    }
  }

  /**
   * Makes the store if there is none. Its mark is written each time, which shows that it can be.
   *
   * @throws UserException if it cannot be written
   */
  public static void open(Location store) {
    try {
      store.blobs().write(MARK, out -> out.write(TEXT.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw UserException.of("The store %s cannot be written: %s", store, FileReason.of(e));
    }
  }

  /**
   * Refuses a place without a store.
   *
   * @throws UserException if there is none
   */
  public static BlobStore require(Location store) throws IOException {
    if (!isThere(store)) {
      throw UserException.of("There is no store of Ticketflow in %s.", store);
    }
    return store.blobs();
  }

  private static boolean isThere(Location store) throws IOException {
    return store.blobs().exists(MARK);
  }

  /** A file or folder in it, if there is one; what another first call is writing is none. */
  private static Optional<String> first(Location store) throws IOException {
    Optional<Path> folder = store.folder();
    if (folder.isEmpty()) {
      return foreign(store.blobs().list().stream());
    }
    if (!Files.exists(folder.get())) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(folder.get())) {
      return foreign(entries.map(entry -> entry.getFileName().toString()));
    }
  }

  private static Optional<String> foreign(Stream<String> names) {
    return names.filter(name -> !name.matches("tmp(/.*)?")).min(Comparator.naturalOrder());
  }
}
