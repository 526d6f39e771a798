package io.ticketflow.store;

import io.ticketflow.math.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What tells a user's file from another: its content, wherever it lies. */
public final class FileDigest {
  private static final Map<Version, String> KNOWN = new ConcurrentHashMap<>();

  private FileDigest() {}

  private record Version(Path file, long size, FileTime changed) {}

  /**
   * SHA-256 of a file's bytes, in lower-case hexadecimal; read in pieces.
   *
   * @throws IOException if it cannot be read
   */
  public static String of(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.hex(digest.digest());
  }

  /**
   * Likewise of a file that many ask for: in one process it is read again only where its size or
   * its time of change is another.
   *
   * @throws IOException if it cannot be read
   */
  public static String known(Path file) throws IOException {
    Version version =
        new Version(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
    String known = KNOWN.get(version);
    if (known == null) {
      known = of(file);
      KNOWN.put(version, known);
    }
    return known;
  }
}
