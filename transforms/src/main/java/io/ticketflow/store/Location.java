package io.ticketflow.store;

import io.ticketflow.spec.UserException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an output lies: a folder of a local or mounted file system, or a URI of another storage.
 *
 * @param root as the user wrote it, without slashes at its end: a path, a {@code file:} URI, or
 *     another URI such as s3://bucket/prefix
 */
public record Location(String root) {
  private static final Pattern URI_START = Pattern.compile("([a-zA-Z][-a-zA-Z0-9+.]+):/.*");

  /**
   * @throws UserException if it is empty, is no path of this system, or a step of it is . or ..
   *     below a URI
   */
  public Location {
    root = root.length() > 1 ? root.replaceFirst("(?<=[^/:])/+$", "") : root;
    if (root.isBlank() || root.indexOf('\0') >= 0) {
      throw UserException.of(
          "The place \"%s\" names no place: give a folder, or a URI such as "
              + "s3://bucket/prefix.",
          root.replace('\0', '?'));
    }
    Optional<String> scheme = scheme(root);
    if (scheme.isPresent() && root.matches(".*/\\.{1,2}(/.*)?|.*[?#\\\\*\\[\\]{}].*")) {
      throw UserException.of(
          "The place %s must have no . or .. among its steps, and none of ? # * \\ [ ] { }.", root);
    }
  }

  /** That folder. */
  public static Location of(Path folder) {
    return new Location(folder.toString().isEmpty() ? "." : folder.toString());
  }

  /** The scheme in lower case; empty for paths and {@code file:} URIs. */
  public Optional<String> scheme() {
    return scheme(root);
  }

  /** The folder, if the output is one of this machine's file systems. */
  public Optional<Path> folder() {
    if (scheme().isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          URI_START.matcher(root).matches() ? Path.of(URI.create(root)) : Path.of(root));
    } catch (IllegalArgumentException e) {
      throw UserException.of("The place %s is no path of this system: %s", root, e.getMessage());
    }
  }

  /** The same place for processes that run elsewhere: an absolute path, or the URI. */
  public String absolute() {
    return folder().map(path -> path.toAbsolutePath().normalize().toString()).orElse(root);
  }

  /** A file below it, to be shown. */
  public String file(String path) {
    return folder().map(folder -> folder.resolve(path).toString()).orElse(root + "/" + path);
  }

  /** Its files. */
  public BlobStore blobs() {
    return Blobs.at(root);
  }

  @Override
  public String toString() {
    return root;
  }

  private static Optional<String> scheme(String text) {
    Matcher uri = URI_START.matcher(text);
    return uri.matches() && !uri.group(1).equalsIgnoreCase("file")
        ? Optional.of(uri.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
