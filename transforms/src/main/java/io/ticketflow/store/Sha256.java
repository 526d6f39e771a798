package io.ticketflow.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4): what names artifacts and actions. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static byte[] of(String text) {
    return digest().digest(text.getBytes(UTF_8));
  }

  /** In lower-case hexadecimal. */
  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
