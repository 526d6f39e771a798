package io.ticketflow.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Local files; calls back a few times while one is written. */
final class WatchedBlobs implements BlobStore {
  private static final int EVERY_BYTES = 4 << 20;

  private final BlobStore files;
  private final Runnable watch;

  WatchedBlobs(Path root, Runnable watch) {
    this.files = new LocalBlobs(root);
    this.watch = watch;
  }

  @Override
  public InputStream open(String path) throws IOException {
    return files.open(path);
  }

  @Override
  public void write(String path, IoConsumer<OutputStream> content) throws IOException {
    files.write(path, out -> content.accept(watched(out)));
  }

  @Override
  public boolean create(String path, IoConsumer<OutputStream> content) throws IOException {
    return files.create(path, out -> content.accept(watched(out)));
  }

  private OutputStream watched(OutputStream out) {
    return new FilterOutputStream(out) {
      private long bytes;
      private long next = EVERY_BYTES;

      @Override
      public void write(byte[] buffer, int from, int length) throws IOException {
        out.write(buffer, from, length);
        bytes += length;
        if (bytes >= next) {
          next += EVERY_BYTES;
          watch.run();
        }
      }
    };
  }

  @Override
  public void move(String from, String to) throws IOException {
    files.move(from, to);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return files.exists(path);
  }

  @Override
  public long size(String path) throws IOException {
    return files.size(path);
  }

  @Override
  public List<String> list() throws IOException {
    return files.list();
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return files.list(folder);
  }

  @Override
  public void delete(String path) throws IOException {
    files.delete(path);
  }
}
