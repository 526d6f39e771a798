package io.ticketflow.runners.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands before a server and, while it is sick, answers 500 or not at all. */
public final class FlakyFront implements AutoCloseable {
  private static final byte[] ERROR =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger refused = new AtomicInteger();
  private final URI behind;
  private volatile boolean sick;

  public FlakyFront(URI behind) throws IOException {
    this.behind = behind;
    threads.execute(this::listen);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** From now on connections fail, open ones at once. */
  public void fallSick() throws IOException {
    sick = true;
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  public void recover() {
    sick = false;
  }

  /** Connections that got no answer of the server behind. */
  public int refused() {
    return refused.get();
  }

  private void listen() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (sick) {
        // Every third stays silent until its client gives up.
        if (refused.incrementAndGet() % 3 != 0) {
          client.getInputStream().read(new byte[1 << 16]);
          client.getOutputStream().write(ERROR);
          client.shutdownOutput();
        }
        drain(client.getInputStream());
        return;
      }
      try (Socket server = new Socket(behind.getHost(), behind.getPort())) {
        sockets.add(server);
        threads.execute(() -> pump(server, client));
        copy(client.getInputStream(), server.getOutputStream());
      }
    } catch (IOException e) {
      // One of both has gone.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      // One of both has gone.
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 14];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private static void drain(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
