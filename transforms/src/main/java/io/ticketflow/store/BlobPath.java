package io.ticketflow.store;

/** Paths of files in a {@link BlobStore}. */
public final class BlobPath {
  private BlobPath() {}

  /**
   * The path, if it stays below the store's root.
   *
   * @param root named in the message
   * @throws IllegalArgumentException if it is absolute, or has a backslash or a step that is empty,
   *     {@code .} or {@code ..}
   */
  public static String checked(String path, Object root) {
    boolean leaves = path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0;
    for (String step : path.split("/", -1)) {
      leaves |= step.isEmpty() || step.equals(".") || step.equals("..");
    }
    if (leaves) {
      throw new IllegalArgumentException("not a path below " + root + ": \"" + path + "\"");
    }
    return path;
  }
}
