package io.ticketflow.store.remote;

import io.ticketflow.store.BlobPath;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.IoConsumer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * Files below a folder of HDFS. A file is written aside in {@code tmp/}, then renamed, which the
 * name node does as one step: in place of another file, or only if the name is free, so that {@link
 * #create} is exclusive. Hadoop's client itself tries again where that helps.
 *
 * <p>Beam's own FileSystem of HDFS would delete a file before it renames another in its place, and
 * let the last of two writers win.
 */
final class HadoopBlobs implements BlobStore {
  private static final StorageFailures FAILURES = new HadoopFailures();

  /** Connections are kept, one a server. */
  private record Client(Configuration configuration, FileContext files) {}

  private static final ConcurrentHashMap<String, Client> CLIENTS = new ConcurrentHashMap<>();

  private final String root;

  /**
   * @param root URI of the folder, which is made when it is first written to
   */
  HadoopBlobs(String root) {
    this.root = root;
  }

  private FileContext files() throws IOException {
    Configuration configuration = OptionsInUse.hadoop();
    Path top = new Path(new Path(root), "/");
    Client known = CLIENTS.get(top.toString());
    if (known == null || known.configuration() != configuration) {
      known = new Client(configuration, connect(top.toUri(), configuration));
      CLIENTS.put(top.toString(), known);
    }
    return known.files();
  }

  /** Without a host in its URI, the configuration's file system. */
  private static FileContext connect(URI top, Configuration configuration) throws IOException {
    HadoopUser.settle(configuration);
    return top.getAuthority() == null
        ? FileContext.getFileContext(configuration)
        : FileContext.getFileContext(top, configuration);
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = file(path);
    try {
      return files().open(file);
    } catch (IOException | RuntimeException e) {
      throw FAILURES.named("read", file.toString(), e);
    }
  }

  @Override
  public void write(String path, IoConsumer<OutputStream> content) throws IOException {
    put(file(path), content, Rename.OVERWRITE);
  }

  @Override
  public boolean create(String path, IoConsumer<OutputStream> content) throws IOException {
    if (exists(path)) {
      return false;
    }
    try {
      put(file(path), content, Rename.NONE);
      return true;
    } catch (IOException e) {
      if (StorageFailures.find(e, FileAlreadyExistsException.class).isPresent() && exists(path)) {
        return false;
      }
      throw e;
    }
  }

  private void put(Path file, IoConsumer<OutputStream> content, Rename how) throws IOException {
    Path temporary = new Path(root + "/tmp/" + file.getName() + "." + UUID.randomUUID());
    boolean renamed = false;
    try {
      FileContext files = files();
      try (OutputStream out =
          files.create(temporary, EnumSet.of(CreateFlag.CREATE), CreateOpts.createParent())) {
        content.accept(out);
      }
      rename(files, temporary, file, how);
      renamed = true;
    } catch (IOException | RuntimeException e) {
      throw FAILURES.named("write", file.toString(), e);
    } finally {
      if (!renamed) {
        remove(temporary);
      }
    }
  }

  private static void rename(FileContext files, Path from, Path to, Rename how) throws IOException {
    files.mkdir(to.getParent(), null, true);
    files.rename(from, to, how);
  }

  private void remove(Path temporary) {
    try {
      files().delete(temporary, false);
    } catch (IOException | RuntimeException e) {
      // The failure that led here is the one to tell; the file is swept with tmp/.
    }
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path source = file(from);
    try {
      rename(files(), source, file(to), Rename.OVERWRITE);
    } catch (IOException | RuntimeException e) {
      throw FAILURES.named("move", source.toString(), e);
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    try {
      return status(file(path)).isFile();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public long size(String path) throws IOException {
    return status(file(path)).getLen();
  }

  private FileStatus status(Path file) throws IOException {
    try {
      return files().getFileStatus(file);
    } catch (IOException | RuntimeException e) {
      throw FAILURES.named("read", file.toString(), e);
    }
  }

  @Override
  public List<String> list() throws IOException {
    return list(new Path(root));
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return list(file(folder));
  }

  private List<String> list(Path folder) throws IOException {
    try {
      FileContext files = files();
      int start = files.makeQualified(new Path(root)).toUri().getPath().length();
      List<String> paths = new ArrayList<>();
      RemoteIterator<LocatedFileStatus> found = files.util().listFiles(folder, true);
      while (found.hasNext()) {
        String path = found.next().getPath().toUri().getPath().substring(start);
        paths.add(path.replaceFirst("^/", ""));
      }
      paths.sort(null);
      return paths;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException | RuntimeException e) {
      throw FAILURES.named("list", folder.toString(), e);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = file(path);
    try {
      files().delete(file, false);
    } catch (FileNotFoundException e) {
      // It is as it should be.
    } catch (IOException | RuntimeException e) {
      throw FAILURES.named("delete", file.toString(), e);
    }
  }

  private Path file(String path) {
    return new Path(root + "/" + BlobPath.checked(path, root));
  }

  /** What Hadoop's exceptions mean. */
  private static final class HadoopFailures extends StorageFailures {
    @Override
    String reason(Throwable thrown) {
      if (find(thrown, AccessControlException.class).isPresent()) {
        return "permission denied";
      }
      if (find(thrown, ParentNotDirectoryException.class).isPresent()) {
        return "a part of its path is a file";
      }
      return super.reason(thrown);
    }
  }
}
