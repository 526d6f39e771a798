package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Download;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Downloads one file, going on from what an earlier attempt left in its {@code .part} file. */
final class HttpDownload {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int BUFFER = 1 << 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();
  private final Progress progress;

  HttpDownload(Progress progress) {
    this.progress = progress;
  }

  /** Makes target the published file, unless it is already. */
  void fetch(URI url, Download file, Path target) throws IOException {
    if (Files.isRegularFile(target)
        && Files.size(target) == file.bytes()
        && Md5.of(target).equals(file.md5())) {
      progress.at(file.name(), file.bytes(), file.bytes());
      return;
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    if (Files.exists(part) && Files.size(part) > file.bytes()) {
      Files.delete(part);
    }
    if (!Files.exists(part) || Files.size(part) < file.bytes()) {
      receive(url, file, part);
    }
    String md5 = Md5.of(part);
    if (!md5.equals(file.md5())) {
      Files.delete(part);
      throw new FetchException(
          url
              + " has the MD5 digest "
              + md5
              + " instead of the published "
              + file.md5()
              + ", so the download was deleted");
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private void receive(URI url, Download file, Path part) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpResponse<InputStream> response = ask(url, have);
    if (have > 0 && !continues(response, have)) {
      if (response.statusCode() != OK) {
        // What is there is of no use to this server: start anew.
        response.body().close();
        response = ask(url, 0);
      }
      have = 0;
    }
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK && have == 0) {
        throw new FetchException(url + " answers with status " + response.statusCode());
      }
      copy(url, body, file, part, have);
    }
  }

  private static boolean continues(HttpResponse<?> response, long have) {
    return response.statusCode() == PARTIAL
        && response
            .headers()
            .firstValue("Content-Range")
            .map(range -> range.startsWith("bytes " + have + "-"))
            .orElse(false);
  }

  private HttpResponse<InputStream> ask(URI url, long from) throws IOException {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(PATIENCE);
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException | IllegalArgumentException e) {
      throw new FetchException(url + " cannot be reached: " + FetchException.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(url + " was not fetched: interrupted", e);
    }
  }

  private void copy(URI url, InputStream body, Download file, Path part, long have)
      throws IOException {
    long done = have;
    progress.at(file.name(), done, file.bytes());
    try (OutputStream out =
        Files.newOutputStream(
            part,
            StandardOpenOption.CREATE,
            have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      int read = receive(url, body, buffer, file, done);
      while (read >= 0) {
        done += read;
        if (done > file.bytes()) {
          throw tooLong(url, file, part);
        }
        out.write(buffer, 0, read);
        progress.at(file.name(), done, file.bytes());
        read = receive(url, body, buffer, file, done);
      }
    }
    if (done < file.bytes()) {
      throw brokeOff(url, file, done);
    }
  }

  private static int receive(URI url, InputStream body, byte[] buffer, Download file, long done)
      throws FetchException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      FetchException failure = brokeOff(url, file, done);
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static FetchException brokeOff(URI url, Download file, long done) {
    return new FetchException(
        url
            + " broke off after "
            + done
            + " of "
            + file.bytes()
            + " bytes; fetch again to go on from there");
  }

  private static FetchException tooLong(URI url, Download file, Path part) throws IOException {
    Files.deleteIfExists(part);
    return new FetchException(
        url
            + " sends more than the published "
            + file.bytes()
            + " bytes, so the download was deleted");
  }
}
