package io.ticketflow.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Files in a map, for tests of one thread. */
final class MemoryBlobs implements BlobStore {
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  private byte[] bytes(String path) throws IOException {
    return Optional.ofNullable(files.get(path)).orElseThrow(() -> new NoSuchFileException(path));
  }

  @Override
  public InputStream open(String path) throws IOException {
    return new ByteArrayInputStream(bytes(path));
  }

  @Override
  public void write(String path, IoConsumer<OutputStream> content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.accept(out);
    files.put(path, out.toByteArray());
  }

  @Override
  public boolean create(String path, IoConsumer<OutputStream> content) throws IOException {
    if (exists(path)) {
      return false;
    }
    write(path, content);
    return true;
  }

  @Override
  public void move(String from, String to) throws IOException {
    files.put(to, bytes(from));
    files.remove(from);
  }

  @Override
  public boolean exists(String path) {
    return files.containsKey(path);
  }

  @Override
  public long size(String path) throws IOException {
    return bytes(path).length;
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.keySet());
  }

  @Override
  public List<String> list(String folder) {
    return files.keySet().stream().filter(path -> path.startsWith(folder + "/")).toList();
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }
}
