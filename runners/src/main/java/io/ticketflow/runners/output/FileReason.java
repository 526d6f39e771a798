package io.ticketflow.runners.output;

import io.ticketflow.spec.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or folder cannot be used, in words where Java only names the file. */
public final class FileReason {
  private FileReason() {}

  /** The reason, without a stop at its end. */
  public static String of(IOException e) {
    if (!(e instanceof FileSystemException failure)) {
      return Reason.of(e);
    }
    String file = failure.getFile();
    if (e instanceof NoSuchFileException) {
      return "there is no " + file + ", and it cannot be made";
    }
    if (e instanceof AccessDeniedException) {
      return "access to " + file + " is denied";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return file + " is there and is no folder";
    }
    String reason = failure.getReason();
    return reason == null ? "the file system refuses " + file : file + ": " + reason;
  }
}
