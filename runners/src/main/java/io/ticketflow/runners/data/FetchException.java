package io.ticketflow.runners.data;

import io.ticketflow.runners.output.FileReason;
import io.ticketflow.spec.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;

/** A download that failed; the message is one sentence that names the address or the file. */
public final class FetchException extends IOException {
  private static final long serialVersionUID = 1L;

  static final String NO_HOST = "there is no such host";

  private final boolean mayPass;

  FetchException(String message) {
    this(message, false);
  }

  private FetchException(String message, boolean mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  /** One that another try may not meet. */
  static FetchException passing(String message) {
    return new FetchException(message, true);
  }

  /** Likewise, with its reason beside. */
  static FetchException passing(String message, Exception reason) {
    FetchException passing = passing(message);
    passing.addSuppressed(reason);
    return passing;
  }

  /** Whether the same may succeed a little later. */
  boolean mayPass() {
    return mayPass;
  }

  /** The reason is kept beside, not as the cause: the sentence says what the user needs. */
  FetchException(String message, Exception reason) {
    this(message, false);
    addSuppressed(reason);
  }

  /** What an exception says of itself, in words. */
  static String reason(Exception e) {
    if (e instanceof FileSystemException failure) {
      return FileReason.of(failure);
    }
    if (e instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (e instanceof ConnectException) {
      return isUnresolved(e) ? NO_HOST : "connection refused";
    }
    return Reason.of(e);
  }

  private static boolean isUnresolved(Throwable e) {
    return e instanceof UnresolvedAddressException
        || (e.getCause() != null && isUnresolved(e.getCause()));
  }
}
