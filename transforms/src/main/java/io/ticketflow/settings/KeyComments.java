package io.ticketflow.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What each key means, as the file of the defaults says it above the key. */
public final class KeyComments {
  /** By full key, one line each. */
  public static final Map<String, String> ALL = Collections.unmodifiableMap(read());

  private KeyComments() {}

  private static Map<String, String> read() {
    try (InputStream in = KeyComments.class.getResourceAsStream("defaults.yaml")) {
      byte[] text = Objects.requireNonNull(in, "defaults.yaml").readAllBytes();
      return read(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(String text) {
    Map<String, String> comments = new LinkedHashMap<>();
    Deque<String> sections = new ArrayDeque<>();
    StringBuilder comment = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String said = line.strip();
      if (said.startsWith("#")) {
        comment.append(comment.isEmpty() ? "" : " ").append(said.substring(1).strip());
        continue;
      }
      int colon = said.indexOf(':');
      if (colon > 0) {
        int depth = (line.length() - line.stripLeading().length()) / 2;
        while (sections.size() > depth) {
          sections.removeLast();
        }
        sections.addLast(said.substring(0, colon));
        String key = String.join(".", sections);
        if (KnownKeys.TYPES.containsKey(key)) {
          comments.put(key, comment.toString());
        }
      }
      comment.setLength(0);
    }
    return comments;
  }
}
