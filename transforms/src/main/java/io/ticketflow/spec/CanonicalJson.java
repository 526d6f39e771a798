package io.ticketflow.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The one text of a value: keys sorted, no spaces, numbers at their shortest. */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private CanonicalJson() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a value of JSON: " + value, e);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw cause(e);
    }
  }

  /**
   * Binds a tree to a specification.
   *
   * @throws SpecException naming key and value, if one does not fit
   */
  public static <T> T bind(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw cause(e);
    }
  }

  private static RuntimeException cause(JsonProcessingException e) {
    if (e instanceof ValueInstantiationException && e.getCause() instanceof SpecException cause) {
      return cause;
    }
    if (e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
        && !mapping.getPath().isEmpty()) {
      StringBuilder key = new StringBuilder();
      mapping
          .getPath()
          .forEach(
              step -> {
                if (step.getFieldName() != null) {
                  key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
                }
              });
      return new SpecException(
          key + " has a value that does not fit: " + firstSentence(e.getOriginalMessage()));
    }
    return new SpecException(firstSentence(e.getOriginalMessage()));
  }

  private static String firstSentence(String message) {
    return message.lines().findFirst().orElse(message).replace("io.ticketflow.spec.", "");
  }
}
