package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server sends: its headers, and its bytes. The wait for each read is limited. */
final class Answer implements AutoCloseable {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final HttpResponse<InputStream> response;
  private final Duration silence;

  /** Reads, so that this thread can stop waiting. */
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "download");
            thread.setDaemon(true);
            return thread;
          });

  Answer(HttpResponse<InputStream> response, Duration silence) {
    this.response = response;
    this.silence = silence;
  }

  int status() {
    return response.statusCode();
  }

  boolean isWhole() {
    return status() == OK;
  }

  /** Whether it goes on from that byte. */
  boolean continues(long from) {
    return status() == PARTIAL
        && range().filter(range -> range.group(1).equals(String.valueOf(from))).isPresent();
  }

  /**
   * What came in place of the published file; empty if length and type, as far as the server tells
   * them, are that file's.
   */
  Optional<String> wrong(Download file) {
    OptionalLong length = length();
    if (length.isPresent() && length.getAsLong() != file.bytes()) {
      return Optional.of(length.getAsLong() + " bytes of " + type());
    }
    return type().startsWith("text/html") ? Optional.of("a page of " + type()) : Optional.empty();
  }

  /** Of the whole file. */
  private OptionalLong length() {
    if (status() == PARTIAL) {
      return range()
          .filter(range -> !range.group(2).equals("*"))
          .map(range -> OptionalLong.of(Long.parseLong(range.group(2))))
          .orElse(OptionalLong.empty());
    }
    return response.headers().firstValueAsLong("Content-Length");
  }

  /** Whether the server says where the content ends, so that an end before is a broken one. */
  boolean tellsItsEnd() {
    return response.headers().firstValue("Content-Length").isPresent()
        || response.headers().firstValue("Transfer-Encoding").isPresent();
  }

  String type() {
    return response
        .headers()
        .firstValue("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT))
        .orElse("no type");
  }

  private Optional<Matcher> range() {
    return response
        .headers()
        .firstValue("Content-Range")
        .map(RANGE::matcher)
        .filter(Matcher::matches);
  }

  /** The next bytes: how many, or -1 at the end. */
  int read(URI url, byte[] buffer) throws IOException {
    try {
      return reader
          .submit(() -> response.body().read(buffer))
          .get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("nothing came for " + silence.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(url + " was not fetched: interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
    reader.shutdownNow();
  }
}
