package io.ticketflow.storage;

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
  private final Retries retries;

  /**
   * @param root URI of bucket and prefix
   */
  ObjectBlobs(String root, Failures failures) {
    this.root = root;
    this.retries = new Retries(failures);
  }

  @Override
  public InputStream open(String path) throws IOException {
    ResourceId id = id(path);
    return ObjectInput.open(id.toString(), retries, () -> FileSystems.open(id));
  }

  @Override
  public void write(String path, IoConsumer<OutputStream> content) throws IOException {
    ResourceId id = id(path);
    try (Spool spool = spool(id.toString(), content)) {
      send(spool, id);
    }
  }

  @Override
  public void writeNamed(IoConsumer<OutputStream> content, Supplier<String> path)
      throws IOException {
    try (Spool spool = spool("a file of " + root, content)) {
      send(spool, id(path.get()));
    }
  }

  @Override
  public boolean create(String path, IoConsumer<OutputStream> content) throws IOException {
    ResourceId id = id(path);
    if (exists(path)) {
      return false;
    }
    try (Spool spool = spool(id.toString(), content)) {
      if (exists(path)) {
        return false;
      }
      send(spool, id);
      return true;
    }
  }

  private Spool spool(String file, IoConsumer<OutputStream> content) throws IOException {
    try {
      return Spool.of(content);
    } catch (IOException e) {
      throw new Failures().named("write", file, e);
    }
  }

  private void send(Spool spool, ResourceId id) throws IOException {
    retries.take(
        "write",
        id.toString(),
        () -> {
          // Not closed when a write fails: closing would complete the object.
          WritableByteChannel channel = FileSystems.create(id, MimeTypes.BINARY);
          spool.copyTo(channel);
          channel.close();
          return id;
        });
  }

  @Override
  public void move(String from, String to) throws IOException {
    ResourceId source = id(from);
    ResourceId target = id(to);
    retries.take(
        "move",
        source.toString(),
        () -> {
          FileSystems.copy(List.of(source), List.of(target));
          return target;
        });
    delete(from);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return !match(id(path).toString(), "read").isEmpty();
  }

  @Override
  public long size(String path) throws IOException {
    String file = id(path).toString();
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
    return listBelow(id(folder).toString());
  }

  private List<String> listBelow(String folder) throws IOException {
    return match(folder + "/**", "list").stream()
        .map(found -> found.resourceId().toString().substring(root.length() + 1))
        .filter(path -> !path.isEmpty() && !path.endsWith("/")) // what consoles make as folders
        .sorted()
        .toList();
  }

  @Override
  public void delete(String path) throws IOException {
    ResourceId id = id(path);
    retries.take(
        "delete",
        id.toString(),
        () -> {
          FileSystems.delete(List.of(id));
          return id;
        });
  }

  private List<Metadata> match(String spec, String what) throws IOException {
    return retries.take(
        what,
        spec.replaceFirst("/\\*\\*$", ""),
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

  private ResourceId id(String path) {
    String uri = root + "/" + BlobPath.checked(path, root);
    if (FileSystems.hasGlobWildcard(path) || path.indexOf('[') >= 0) {
      throw new IllegalArgumentException("not a path below " + root + ": \"" + path + "\"");
    }
    return FileSystems.matchNewResource(uri, false);
  }
}
