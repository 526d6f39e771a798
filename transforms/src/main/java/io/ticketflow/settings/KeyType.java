package io.ticketflow.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.spec.UserException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a key of a specification may hold; ranges are the records' own matter. */
public sealed interface KeyType {
  /** In words, such as "a whole number". */
  String must();

  /** Whether a value, not nothing, is of this type. */
  boolean accepts(JsonNode given);

  /** The one form of an accepted value; itself, unless the type has several. */
  default JsonNode canonical(JsonNode accepted) {
    return accepted;
  }

  /**
   * The one form of a value that was given for a key.
   *
   * @throws UserException naming key and value, if it is not of this type
   */
  default JsonNode read(String key, JsonNode given) {
    UserException.check(accepts(given), key, must(), inWords(given));
    return canonical(given);
  }

  /** Whether a key stands there without a value, which YAML's reader takes for empty text. */
  static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isTextual() && value.textValue().isEmpty());
  }

  /** A value as a message shows it: text in quotes, long ones cut. */
  static String inWords(JsonNode value) {
    if (isNothing(value)) {
      return "nothing";
    }
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  /**
   * A value as a message shows it where a name is asked for: YAML reads no, 007 and null otherwise.
   */
  static String inWordsOfName(JsonNode value) {
    String meant = value.isBoolean() ? (value.booleanValue() ? "yes" : "no") : value.asText("null");
    return inWords(value)
        + (value.isBoolean() || value.isNumber() || value.isNull()
            ? "; quote a name that YAML reads as something else, as in \"" + meant + "\""
            : "");
  }

  /** Any text. */
  record Text() implements KeyType {
    @Override
    public JsonNode read(String key, JsonNode given) {
      UserException.check(accepts(given), key, must(), inWordsOfName(given));
      return given;
    }

    @Override
    public String must() {
      return "text";
    }

    @Override
    public boolean accepts(JsonNode given) {
      return given.isTextual();
    }
  }

  /** True or false. */
  record Flag() implements KeyType {
    @Override
    public String must() {
      return "true or false";
    }

    @Override
    public boolean accepts(JsonNode given) {
      return given.isBoolean();
    }
  }

  /** A whole number of 32 or 64 bits. */
  record Whole(long least, long most) implements KeyType {
    @Override
    public String must() {
      return "a whole number";
    }

    @Override
    public boolean accepts(JsonNode given) {
      return given.isIntegralNumber()
          && given.canConvertToLong()
          && given.asLong() >= least
          && given.asLong() <= most;
    }

    @Override
    public JsonNode canonical(JsonNode accepted) {
      return LongNode.valueOf(accepted.asLong());
    }
  }

  /** A finite number. YAML 1.1 reads 1e-4, without a point, as text: it is a number here. */
  record Decimal() implements KeyType {
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    @Override
    public String must() {
      return "a number";
    }

    @Override
    public boolean accepts(JsonNode given) {
      return (given.isNumber()
              || (given.isTextual() && NUMBER.matcher(given.textValue()).matches()))
          && Double.isFinite(number(given));
    }

    @Override
    public JsonNode canonical(JsonNode accepted) {
      return DoubleNode.valueOf(number(accepted));
    }

    private static double number(JsonNode node) {
      return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
    }
  }

  /**
   * One of a few names, in lower case with dashes; read in any case, with dashes or underscores.
   */
  record Choice(List<String> names) implements KeyType {
    /** The name that configurations give to a constant: MULTI_STEP is multi-step. */
    public static String nameOf(String constant) {
      return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String must() {
      int last = names.size() - 1;
      return last < 1
          ? String.join("", names)
          : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    @Override
    public boolean accepts(JsonNode given) {
      return given.isTextual() && names.contains(nameOf(given.textValue()));
    }

    @Override
    public JsonNode canonical(JsonNode accepted) {
      return TextNode.valueOf(nameOf(accepted.textValue()));
    }
  }

  /** A list; a single value stands for a list of it alone. */
  record ListOf(KeyType element) implements KeyType {
    @Override
    public String must() {
      return element.must() + " or a list of such";
    }

    @Override
    public boolean accepts(JsonNode given) {
      if (!given.isArray()) {
        return element.accepts(given);
      }
      for (JsonNode value : given) {
        if (!element.accepts(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public JsonNode canonical(JsonNode accepted) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      if (!accepted.isArray()) {
        return list.add(element.canonical(accepted));
      }
      accepted.forEach(value -> list.add(element.canonical(value)));
      return list;
    }
  }
}
