package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Download;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Fetches one file of a data set from a server of the test, with little patience. */
abstract class FetchFixture {
  static final byte[] CONTENT = bytes(300_000);
  static final Patience HASTY = new Patience(Duration.ofSeconds(1), 3, Duration.ofMillis(10));

  @TempDir Path dir;
  FileServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer();
    server.offer("images.gz", CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  Path fetchPlain(String md5, Progress progress) throws IOException {
    Publication publication =
        new Publication(
            server.base(),
            "mnist",
            List.of(new Download("images.gz", CONTENT.length, md5)),
            List.of());
    return new DataFetch(new Catalogue(Map.of("mnist", publication)), HASTY, Map.of())
        .fetch("mnist", dir, Optional.empty(), progress);
  }

  Path fetchPlain() throws IOException {
    return fetchPlain(md5(CONTENT), Progress.SILENT);
  }

  Path part() {
    return dir.resolve("mnist/images.gz.part");
  }
}
