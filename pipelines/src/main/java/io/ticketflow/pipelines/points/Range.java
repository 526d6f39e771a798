package io.ticketflow.pipelines.points;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import io.ticketflow.settings.KeyType;
import io.ticketflow.spec.UserException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Set;

/**
 * Numbers between two ends, both counted in: {@code {from, to, step}}, of which step is 1 if
 * absent, or {@code {from, to, count, scale}} with scale linear or log. Steps are exact decimals;
 * of the others the ends are exact and what lies between has six significant digits.
 */
public final class Range {
  private static final Set<String> KEYS = Set.of("from", "to", "step", "count", "scale");
  private static final int MOST = 10_000;
  private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

  private final String what;
  private final JsonNode map;

  private Range(String what, JsonNode map) {
    this.what = what;
    this.map = map;
  }

  /**
   * The list that a list or a range stands for; anything else as it is.
   *
   * @param what names file and key, in messages
   * @throws UserException if a map is no range, or one of more than 10,000 numbers
   */
  public static JsonNode listed(String what, JsonNode given) {
    return given.isObject() ? new Range(what, given).list() : given;
  }

  private ArrayNode list() {
    map.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw wrong("no key " + key);
              }
            });
    BigDecimal from = number("from");
    BigDecimal to = number("to");
    if (to.compareTo(from) < 0) {
      throw UserException.of("%s: a range goes up, got from %s to %s", what, from, to);
    }
    if (map.has("count") && map.has("step")) {
      throw wrong("either step or count");
    }
    return map.has("count") ? counted(from, to) : stepped(from, to);
  }

  private ArrayNode stepped(BigDecimal from, BigDecimal to) {
    if (map.has("scale")) {
      throw wrong("a scale with count only");
    }
    BigDecimal step = map.has("step") ? number("step") : BigDecimal.ONE;
    if (step.signum() <= 0) {
      throw UserException.of("%s: step must be above 0, got %s", what, step);
    }
    BigDecimal count = to.subtract(from).divideToIntegralValue(step).add(BigDecimal.ONE);
    if (count.compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw UserException.of("%s: a range has at most %s numbers, got %s", what, MOST, count);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < count.intValueExact(); i++) {
      list.add(node(from.add(step.multiply(BigDecimal.valueOf(i)))));
    }
    return list;
  }

  private ArrayNode counted(BigDecimal from, BigDecimal to) {
    JsonNode given = map.path("count");
    if (!given.isInt() || given.asInt() < 2 || given.asInt() > MOST) {
      throw UserException.of(
          "%s: count must be a whole number from 2 to %s, got %s",
          what, MOST, KeyType.inWords(given));
    }
    String scale = map.path("scale").asText("linear");
    if (!scale.equals("linear") && !scale.equals("log")) {
      throw UserException.of("%s: scale must be linear or log, got %s", what, scale);
    }
    if (scale.equals("log") && from.signum() <= 0) {
      throw UserException.of("%s: a range of scale log begins above 0, got %s", what, from);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    int last = given.asInt() - 1;
    double low = from.doubleValue();
    double high = to.doubleValue();
    for (int i = 0; i <= last; i++) {
      double share = (double) i / last;
      double between =
          scale.equals("log")
              ? low * StrictMath.pow(high / low, share)
              : low + (high - low) * share;
      list.add(node(i == 0 ? from : i == last ? to : new BigDecimal(between).round(SIX)));
    }
    return list;
  }

  private BigDecimal number(String key) {
    JsonNode given = map.path(key);
    KeyType type = new KeyType.Decimal();
    if (!type.accepts(given)) {
      throw UserException.of(
          "%s: %s of a range must be a number, got %s", what, key, KeyType.inWords(given));
    }
    return new BigDecimal(type.canonical(given).asText());
  }

  /** A whole number where it is one, so that keys of whole numbers take it. */
  private static JsonNode node(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= 0 ? LongNode.valueOf(plain.longValue()) : DecimalNode.valueOf(plain);
  }

  private UserException wrong(String has) {
    return UserException.of(
        "%s: a range is {from: A, to: B, step: S} or {from: A, to: B, count: N, scale: linear or"
            + " log}; it has %s, got %s",
        what, has, KeyType.inWords(map));
  }
}
