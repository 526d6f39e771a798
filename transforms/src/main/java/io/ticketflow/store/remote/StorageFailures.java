package io.ticketflow.store.remote;

import io.ticketflow.spec.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a storage's exceptions mean. */
class StorageFailures {
  /** Whether the file is not there. */
  boolean isMissing(Throwable thrown) {
    return find(thrown, FileNotFoundException.class).isPresent()
        || find(thrown, NoSuchFileException.class).isPresent();
  }

  /** Whether the same may succeed a little later. */
  boolean isTransient(Throwable thrown) {
    return causes(thrown).anyMatch(StorageFailures::isOfTheNetwork);
  }

  /** Why, as a clause without a stop. */
  String reason(Throwable thrown) {
    Optional<UnknownHostException> host = find(thrown, UnknownHostException.class);
    if (host.isPresent()) {
      return "the host " + firstLine(host.get()) + " is not known";
    }
    return firstLine(
        causes(thrown).filter(has(IOException.class)).reduce((a, b) -> b).orElse(thrown));
  }

  /** The failure in one sentence with the file in it. */
  final IOException named(String what, String file, Throwable thrown) {
    if (isMissing(thrown)) {
      NoSuchFileException missing = new NoSuchFileException(file);
      missing.initCause(thrown);
      return missing;
    }
    if (thrown instanceof InterruptedIOException stop
        && !(stop instanceof SocketTimeoutException)) {
      return stop;
    }
    return new IOException("cannot " + what + " " + file + ": " + reason(thrown), thrown);
  }

  static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    return causes(thrown).filter(type::isInstance).map(type::cast).findFirst();
  }

  static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(20);
  }

  static String firstLine(Throwable thrown) {
    return Reason.of(thrown).replaceFirst("\\.$", "");
  }

  private static Predicate<Throwable> has(Class<? extends Throwable> type) {
    return thrown -> type.isInstance(thrown) && thrown.getMessage() != null;
  }

  /** Connections that are refused, reset or silent; a host without a name stays without one. */
  private static boolean isOfTheNetwork(Throwable thrown) {
    if (thrown instanceof UnknownHostException || thrown instanceof ClosedByInterruptException) {
      return false;
    }
    return thrown instanceof SocketException
        || thrown instanceof SocketTimeoutException
        || thrown.getClass().getName().endsWith("NoHttpResponseException")
        || thrown.getClass().getName().endsWith("ConnectionClosedException");
  }
}
