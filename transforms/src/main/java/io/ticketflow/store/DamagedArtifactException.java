package io.ticketflow.store;

/** An artifact that is missing or is not what its reference says; the message names the file. */
public final class DamagedArtifactException extends RuntimeException {
  private final String path;

  DamagedArtifactException(String path, String what) {
    super("artifact " + path + " " + what);
    this.path = path;
  }

  DamagedArtifactException(String path, String what, Throwable cause) {
    super("artifact " + path + " " + what, cause);
    this.path = path;
  }

  /** Of the artifact, in its store. */
  public String path() {
    return path;
  }
}
