package io.ticketflow.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Trees from YAML text and back; a key that is given twice, an anchor or an alias is an error. */
public final class YamlText {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .stringQuotingChecker(new NumbersQuoted())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern PLAIN =
      Pattern.compile(
          "[-+]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?|[-+]?\\.?(inf|nan|infinity)",
          Pattern.CASE_INSENSITIVE);

  private YamlText() {}

  /**
   * The map that a file holds.
   *
   * @throws UserException naming the file, and the line where the text is not YAML
   */
  public static ObjectNode readFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException(file + " is a folder, not a file");
    }
    try {
      return readMap(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UserException(file + " does not exist");
    } catch (CharacterCodingException e) {
      throw new UserException(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw UserException.of("%s cannot be read: %s", file, e.getMessage());
    }
  }

  /** The map that a text holds; {@code where} names the text in messages. */
  public static ObjectNode readMap(String where, String text) {
    JsonNode root = read(where, text);
    if (root instanceof ObjectNode map) {
      return map;
    }
    throw new UserException(
        where
            + (root.isMissingNode() || root.isNull() ? " is empty" : " is not a map of keys")
            + "; an experiment names at least its methods, such as methods: [imp]");
  }

  /** The value that a text of lines holds; a missing node if there is none. */
  public static JsonNode read(String where, String text) {
    return read(where, text, true);
  }

  /** The value that a text of one line holds, such as an override; errors name no line. */
  public static JsonNode readValue(String where, String text) {
    return read(where, text, false);
  }

  private static JsonNode read(String where, String text, boolean lines) {
    try {
      refuseSurprises(where, text, lines);
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserException(where + (lines ? lineOf(e) : "") + ": " + problem(e));
    } catch (IOException e) {
      throw UserException.of("%s: %s", where, e.getMessage());
    }
  }

  /** A tree as YAML, keys in the tree's order. */
  public static String write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a value of YAML: " + tree, e);
    }
  }

  /** Refuses what readers of YAML differ on: aliases, and numbers such as 010, 0x10 and 1_000. */
  private static void refuseSurprises(String where, String text, boolean lines) throws IOException {
    try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String problem =
            parser.isCurrentAlias()
                ? "YAML aliases are not read here; write the value out"
                : token.isNumeric() && !PLAIN.matcher(parser.getText()).matches()
                    ? parser.getText()
                        + " is no plain decimal number, and readers of YAML differ on its value:"
                        + " write it in decimal digits, the first not 0, or quote it if it is a"
                        + " name"
                    : "";
        if (!problem.isEmpty()) {
          String line = lines ? ", line " + parser.currentTokenLocation().getLineNr() : "";
          throw new UserException(where + line + ": " + problem);
        }
      }
    }
  }

  /** What the scanner itself says: Jackson gives the location of the last good token. */
  private static Optional<MarkedYAMLException> marked(JsonProcessingException e) {
    return e.getCause() instanceof MarkedYAMLException marked
        ? Optional.of(marked)
        : Optional.empty();
  }

  private static String lineOf(JsonProcessingException e) {
    if (e.getCause() instanceof ReaderException) {
      return ""; // thrown blocks ahead of the token that Jackson would locate
    }
    return marked(e)
        .map(MarkedYAMLException::getProblemMark)
        .map(mark -> ", line " + (mark.getLine() + 1))
        .orElseGet(() -> e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr());
  }

  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof ReaderException reader) {
      return String.format(
          Locale.ROOT, "not YAML: the character U+%04X is not allowed", reader.getCodePoint());
    }
    String whole = marked(e).map(MarkedYAMLException::getProblem).orElse(e.getOriginalMessage());
    if (whole.startsWith("Expected a field name")) {
      return "not YAML: a key must be a single value, not a map or a list";
    }
    // What a caller of the library could set, in backquotes, is nothing that a reader could do.
    String message =
        whole
            .lines()
            .map(line -> line.replaceFirst("\\s*[(:][^(:`]*`.*", "").strip())
            .findFirst()
            .orElse("");
    if (message.startsWith("Duplicate field")) {
      return message.replaceFirst("Duplicate field", "key") + " is given twice";
    }
    return message.startsWith("Trailing token")
        ? "a second YAML document begins here; one is read"
        : "not YAML: " + message;
  }

  /** Quotes text that some reader of YAML takes for a number, such as 1e3 and 0x10. */
  private static final class NumbersQuoted extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|[-+]?0[xXoObB][0-9a-fA-F_]+");

    @Override
    public boolean needToQuoteValue(String value) {
      return NUMBER.matcher(value).matches() || super.needToQuoteValue(value);
    }
  }
}
