package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Download;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Downloads one file, going on from what an earlier attempt left in its {@code .part} file. A
 * server that stalls, breaks off or is busy is asked again, as long as it goes on.
 */
final class HttpDownload {
  private static final Set<Integer> BUSY = Set.of(408, 429, 500, 502, 503, 504);
  private static final int BUFFER = 1 << 16;

  private final HttpClient client;
  private final Progress progress;
  private final Patience patience;

  HttpDownload(Progress progress, Patience patience, Proxies proxies) {
    this.progress = progress;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.silence())
            .proxy(proxies)
            .authenticator(proxies.authenticator())
            .build();
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
    boolean found = length(part) > 0;
    complete(url, file, part);
    if (found && !Md5.of(part).equals(file.md5())) {
      // What was found may be of another file: what is fetched anew decides.
      Files.delete(part);
      complete(url, file, part);
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

  private static long length(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Makes the part as long as the file, in as many tries as bring something. */
  private void complete(URI url, Download file, Path part) throws IOException {
    if (length(part) > file.bytes()) {
      Files.delete(part);
    }
    int vain = 0;
    while (length(part) < file.bytes()) {
      long before = length(part);
      try {
        receive(url, file, part);
      } catch (FetchException e) {
        vain = length(part) > before ? 1 : vain + 1;
        if (!e.mayPass() || vain >= patience.tries()) {
          throw e;
        }
        rest(url, vain);
      }
    }
  }

  private void rest(URI url, int vain) throws FetchException {
    try {
      patience.rest(vain);
    } catch (InterruptedException e) {
      throw interrupted(url, e);
    }
  }

  private void receive(URI url, Download file, Path part) throws IOException {
    long have = length(part);
    Answer answer = ask(url, have);
    try {
      if (have > 0 && !answer.continues(have) && !answer.isWhole() && !isBusy(answer)) {
        // What is there is of no use to this server: start anew.
        answer.close();
        answer = ask(url, 0);
      }
      boolean continues = have > 0 && answer.continues(have);
      if (!continues && !answer.isWhole()) {
        String failure = url + " answers with status " + answer.status();
        throw isBusy(answer) ? FetchException.passing(failure) : new FetchException(failure);
      }
      String wrong = answer.wrong(file).orElse("");
      if (!wrong.isEmpty()) {
        throw wrong(url, wrong, file);
      }
      copy(url, answer, file, part, continues ? have : 0);
    } finally {
      answer.close();
    }
  }

  private static boolean isBusy(Answer answer) {
    return BUSY.contains(answer.status());
  }

  private Answer ask(URI url, long from) throws IOException {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(patience.silence());
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      return new Answer(
          client.send(request.build(), BodyHandlers.ofInputStream()), patience.silence());
    } catch (IOException e) {
      String reason = FetchException.reason(e);
      String failure = url + " cannot be reached: " + reason;
      throw e instanceof UnknownHostException || reason.equals(FetchException.NO_HOST)
          ? new FetchException(failure, e)
          : FetchException.passing(failure, e);
    } catch (IllegalArgumentException e) {
      throw new FetchException(url + " cannot be reached: " + FetchException.reason(e), e);
    } catch (InterruptedException e) {
      throw interrupted(url, e);
    }
  }

  private static FetchException interrupted(URI url, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FetchException(url + " was not fetched: interrupted", e);
  }

  private void copy(URI url, Answer answer, Download file, Path part, long have)
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
      int read = receive(url, answer, buffer, file, done);
      while (read >= 0) {
        done += read;
        if (done > file.bytes()) {
          Files.deleteIfExists(part);
          throw wrong(url, "more", file);
        }
        out.write(buffer, 0, read);
        progress.at(file.name(), done, file.bytes());
        read = receive(url, answer, buffer, file, done);
      }
    }
    if (done < file.bytes()) {
      if (answer.tellsItsEnd()) {
        // Whole by its own account: to go on from it would be to go on from another file.
        Files.delete(part);
        throw wrong(url, done + " bytes of " + answer.type(), file);
      }
      throw FetchException.passing(brokeOff(url, file, done));
    }
  }

  private static int receive(URI url, Answer answer, byte[] buffer, Download file, long done)
      throws FetchException {
    try {
      return answer.read(url, buffer);
    } catch (FetchException e) {
      throw e;
    } catch (IOException e) {
      throw FetchException.passing(brokeOff(url, file, done), e);
    }
  }

  private static String brokeOff(URI url, Download file, long done) {
    return url
        + " broke off after "
        + done
        + " of "
        + file.bytes()
        + " bytes; fetch again to go on from there";
  }

  private static FetchException wrong(URI url, String came, Download file) {
    return new FetchException(
        url
            + " sends "
            + came
            + " instead of the published "
            + file.bytes()
            + " bytes, so nothing of it was kept");
  }
}
