package io.ticketflow.runners.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before an HTTP server on loopback, passes bytes on and counts the requests of clients. */
final class RequestCounter implements AutoCloseable {
  private static final int LONGEST_LINE = 4096;

  /** A listing is a GET of a bucket with a query. */
  private static final Pattern REQUEST =
      Pattern.compile("(GET|PUT|HEAD|POST|DELETE) (/\\S*) HTTP/1\\.1");

  private final URI server;
  private final ServerSocket socket;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  RequestCounter(URI server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Requests since the last call, by method; listings apart. */
  Map<String, Integer> take() {
    Map<String, Integer> taken = new TreeMap<>(counts);
    counts.clear();
    return taken;
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket behind = new Socket(server.getHost(), server.getPort());
        threads.execute(() -> pass(behind, client, false));
        threads.execute(() -> pass(client, behind, true));
      } catch (IOException e) {
        // closed, or a client that has gone already
      }
    }
  }

  private void pass(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[1 << 16];
    StringBuilder line = new StringBuilder();
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (counted) {
          note(new String(buffer, 0, n, StandardCharsets.ISO_8859_1), line);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // either side has closed, which ends both
    }
  }

  /** Looks at all lines, bodies' too: none of them reads like a request by chance. */
  private void note(String bytes, StringBuilder line) {
    for (int i = 0; i < bytes.length(); i++) {
      char each = bytes.charAt(i);
      if (each == '\n') {
        Matcher request = REQUEST.matcher(line);
        if (request.find()) {
          boolean lists = request.group(1).equals("GET") && request.group(2).contains("prefix=");
          counts.merge(lists ? "LIST" : request.group(1), 1, Integer::sum);
        }
        line.setLength(0);
      } else if (line.length() < LONGEST_LINE) {
        line.append(each);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
