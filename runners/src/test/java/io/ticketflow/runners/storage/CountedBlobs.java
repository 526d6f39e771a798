package io.ticketflow.runners.storage;

import io.ticketflow.store.BlobStore;
import io.ticketflow.store.BlobStoreProvider;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Local folders under the scheme "counted": notes how many bytes of each file are read. */
public final class CountedBlobs implements BlobStoreProvider {
  public static final String SCHEME = "counted";

  /** Bytes by the file's path in its store. */
  public static final Map<String, Long> READ = new ConcurrentHashMap<>();

  @Override
  public Optional<BlobStore> open(Location location) {
    if (!location.scheme().equals(Optional.of(SCHEME))) {
      return Optional.empty();
    }
    BlobStore files = Blobs.at(location.root().substring(SCHEME.length() + 1));
    return Optional.of(
        (BlobStore)
            Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (proxy, method, arguments) -> {
                  try {
                    Object made = method.invoke(files, arguments);
                    return made instanceof InputStream in
                        ? new Counted(in, String.valueOf(arguments[0]))
                        : made;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
  }

  private static final class Counted extends FilterInputStream {
    private final String path;

    Counted(InputStream in, String path) {
      super(in);
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int n = super.read(buffer, from, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(long bytes) {
      READ.merge(path, bytes, Long::sum);
    }
  }
}
