package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Download;
import io.ticketflow.runners.data.Publication.Member;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches published data sets. Files that are there, whole and right, are kept; a download that
 * breaks off leaves a {@code .part} file, from which the next attempt goes on.
 */
public final class DataFetch {
  private final Catalogue catalogue;
  private final Patience patience;
  private final Proxies proxies;

  /**
   * Through the proxies that the environment names.
   *
   * @throws UserException if it names none that can be used
   */
  public DataFetch() {
    this(Catalogue.published(), Patience.USUAL, System.getenv());
  }

  DataFetch(Catalogue catalogue, Patience patience, Map<String, String> environment) {
    this.catalogue = catalogue;
    this.patience = patience;
    this.proxies = new Proxies(environment);
  }

  /**
   * The folder that now holds the data set: {@code to/mnist}, {@code to/fashion-mnist}, {@code
   * to/cifar-10-batches-bin} or {@code to/cifar-100-binary}. Either that folder or {@code to} can
   * be {@code data.dir}.
   *
   * @param to a folder; made if it does not exist
   * @param mirror where the same files lie elsewhere, instead of the publisher's address
   * @throws UserException if no folder can be at {@code to}, or the mirror is no address of a
   *     server
   * @throws FetchException if the server does not answer with the published content, or the disk
   *     fails; one sentence
   */
  public Path fetch(String dataset, Path to, Optional<URI> mirror, Progress progress)
      throws FetchException {
    Publication publication = catalogue.of(dataset);
    mirror.ifPresent(DataFetch::check);
    AtomicFile.checkFolder("--to", to);
    URI base = mirror.map(DataFetch::asFolder).orElse(publication.base());
    Path folder = to.resolve(publication.folder());
    HttpDownload http = new HttpDownload(progress, patience, proxies);
    try {
      if (publication.members().isEmpty()) {
        Files.createDirectories(folder);
        for (Download download : publication.downloads()) {
          http.fetch(base.resolve(download.name()), download, folder.resolve(download.name()));
        }
      } else if (!isComplete(folder, publication)) {
        Files.createDirectories(to);
        for (Download download : publication.downloads()) {
          Path archive = to.resolve(download.name());
          http.fetch(base.resolve(download.name()), download, archive);
          TarArchive.unpack(archive, to, publication);
          Files.delete(archive);
        }
      }
      return folder;
    } catch (FetchException e) {
      throw e;
    } catch (IOException e) {
      throw new FetchException(to + " cannot be filled: " + FetchException.reason(e), e);
    }
  }

  private static void check(URI mirror) {
    String scheme = String.valueOf(mirror.getScheme()).toLowerCase(Locale.ROOT);
    String host = mirror.getHost();
    if (!(scheme.equals("http") || scheme.equals("https")) || host == null || host.isBlank()) {
      throw new UserException(
          "--mirror must be an address such as https://example.org/mnist/, got "
              + (mirror.toString().isBlank() ? "nothing" : mirror));
    }
  }

  private static URI asFolder(URI mirror) {
    return mirror.toString().endsWith("/") ? mirror : URI.create(mirror + "/");
  }

  private static boolean isComplete(Path folder, Publication publication) throws IOException {
    for (Member member : publication.members()) {
      Path file = folder.resolve(member.name());
      if (!Files.isRegularFile(file) || Files.size(file) != member.bytes()) {
        return false;
      }
    }
    return true;
  }
}
