package io.ticketflow.store.remote;

import io.ticketflow.store.BlobPath;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.IoConsumer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * Objects below a prefix of a bucket, through Beam's FileSystems.
 *
 * <p>An object appears when its upload is completed, under its final name, and never in part: what
 * is sent is first made whole in a local temporary file, and an upload that breaks off is not
 * completed. (Its parts stay invisible in the bucket until a lifecycle rule of the bucket removes
 * them.) Moving copies, then deletes.
 *
 * <p>{@link #create} looks, sends, and has no way to send only if the name is free: of writers
 * within the same seconds the last one's object stays.
 */
final class ObjectBlobs implements BlobStore {
  private static final int LOOKS = 20;

  private final String root;

  /** The same under the scheme that Beam knows it by. */
  private final String address;

  private final Retries retries;

  /**
   * @param root URI of bucket and prefix
   * @param scheme that Beam knows this storage by
   */
  ObjectBlobs(String root, String scheme, StorageFailures failures) {
    this.root = root;
    this.address = scheme + root.substring(root.indexOf(':'));
    this.retries = new Retries(failures);
  }

  @Override
  public InputStream open(String path) throws IOException {
    String file = file(path);
    return ObjectInput.open(file, retries, () -> FileSystems.open(id(path)));
  }

  @Override
  public void write(String path, IoConsumer<OutputStream> content) throws IOException {
    try (Spool spool = spool(file(path), content)) {
      send(spool, path);
    }
  }

  @Override
  public void writeNamed(IoConsumer<OutputStream> content, Supplier<String> path)
      throws IOException {
    try (Spool spool = spool("a file of " + root, content)) {
      send(spool, path.get());
    }
  }

  @Override
  public boolean create(String path, IoConsumer<OutputStream> content) throws IOException {
    if (exists(path)) {
      return false;
    }
    try (Spool spool = spool(file(path), content)) {
      if (exists(path)) {
        return false;
      }
      send(spool, path);
      return true;
    }
  }

  private Spool spool(String file, IoConsumer<OutputStream> content) throws IOException {
    try {
      return Spool.of(content);
    } catch (IOException e) {
      throw new StorageFailures().named("write", file, e);
    }
  }

  private void send(Spool spool, String path) throws IOException {
    retries.take(
        "write",
        file(path),
        () -> {
          // Not closed when a write fails: closing would complete the object.
          WritableByteChannel channel = FileSystems.create(id(path), MimeTypes.BINARY);
          spool.copyTo(channel);
          channel.close();
          return path;
        });
  }

  @Override
  public void move(String from, String to) throws IOException {
    file(to);
    copy("move", file(from), id(from), to);
    delete(from);
  }

  /** Within one storage it is the server that copies. */
  @Override
  public void copy(BlobStore from, String path) throws IOException {
    if (from instanceof ObjectBlobs other && other.scheme().equals(scheme())) {
      copy("read", other.file(path), other.id(path), path);
    } else {
      BlobStore.super.copy(from, path);
    }
  }

  private void copy(String what, String shown, ResourceId from, String to) throws IOException {
    retries.take(
        what,
        shown,
        () -> {
          FileSystems.copy(List.of(from), List.of(id(to)));
          return to;
        });
  }

  private String scheme() {
    return address.substring(0, address.indexOf(':'));
  }

  @Override
  public boolean exists(String path) throws IOException {
    return !match(file(path), "read").isEmpty();
  }

  @Override
  public long size(String path) throws IOException {
    String file = file(path);
    List<Metadata> found = match(file, "read");
    if (found.isEmpty()) {
      throw new NoSuchFileException(file);
    }
    return found.get(0).sizeBytes();
  }

  @Override
  public List<String> list() throws IOException {
    return listBelow(root);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return listBelow(file(folder));
  }

  private List<String> listBelow(String folder) throws IOException {
    return match(folder + "/**", "list").stream()
        .map(found -> found.resourceId().toString().substring(address.length() + 1))
        .filter(path -> !path.isEmpty() && !path.endsWith("/")) // what consoles make as folders
        .sorted()
        .toList();
  }

  @Override
  public void delete(String path) throws IOException {
    retries.take(
        "delete",
        file(path),
        () -> {
          FileSystems.delete(List.of(id(path)));
          return path;
        });
  }

  private List<Metadata> match(String shown, String what) throws IOException {
    String spec = address + shown.substring(root.length());
    return retries.take(
        what,
        shown.replaceFirst("/\\*\\*$", ""),
        () -> {
          MatchResult result = FileSystems.match(spec);
          // A search tells of nothing found without an exception; one means that a file went while
          // S3's were looked at one by one, and that the others are missing from the result.
          for (int i = 0; i < LOOKS && spec.endsWith("*") && isBroken(result); i++) {
            result = FileSystems.match(spec);
          }
          return result.status() == Status.NOT_FOUND && !spec.endsWith("*")
              ? List.of()
              : result.metadata();
        });
  }

  private static boolean isBroken(MatchResult result) throws IOException {
    try {
      return result.status() == Status.NOT_FOUND && !result.metadata().isEmpty();
    } catch (FileNotFoundException e) {
      return true;
    }
  }

  /** Its URI, to be shown. */
  private String file(String path) {
    if (FileSystems.hasGlobWildcard(path) || path.indexOf('[') >= 0) {
      throw new IllegalArgumentException("not a path below " + root + ": \"" + path + "\"");
    }
    return root + "/" + BlobPath.checked(path, root);
  }

  private ResourceId id(String path) {
    return FileSystems.matchNewResource(address + "/" + path, false);
  }
}
