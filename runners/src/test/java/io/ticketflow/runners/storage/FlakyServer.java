package io.ticketflow.runners.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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

/** Stands before an HTTP server on loopback: passes bytes on, answers 500, or says nothing. */
public final class FlakyServer implements AutoCloseable {
  /** How it treats connections. */
  public enum Mood {
    WELL,
    ERRORS,
    SILENCE
  }

  private static final byte[] ERROR =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final URI server;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Mood mood = Mood.WELL;

  public FlakyServer(URI server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Changes what it does; connections of before are cut. */
  public void become(Mood next) {
    mood = next;
    connections.forEach(FlakyServer::closeQuietly);
  }

  /** Connections that were answered by an error or not at all. */
  public int refused() {
    return refused.get();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connections.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // closed, or a client that has gone already
      }
    }
  }

  private void serve(Socket client) {
    try {
      switch (mood) {
        case WELL -> pass(client);
        case ERRORS -> {
          refused.incrementAndGet();
          readHead(client.getInputStream());
          client.getOutputStream().write(ERROR);
          closeQuietly(client);
        }
        case SILENCE -> {
          refused.incrementAndGet();
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      closeQuietly(client);
    } finally {
      connections.remove(client);
    }
  }

  private void pass(Socket client) throws IOException {
    try (Socket behind = new Socket(server.getHost(), server.getPort())) {
      connections.add(behind);
      threads.execute(() -> copy(behind, client));
      copy(client, behind);
      connections.remove(behind);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them was cut
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void readHead(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    String line = lines.readLine();
    while (line != null && !line.isEmpty()) {
      line = lines.readLine();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    become(Mood.WELL);
    threads.shutdownNow();
  }
}
