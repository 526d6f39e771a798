package io.ticketflow.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.settings.KeyType.Choice;
import io.ticketflow.settings.KeyType.Decimal;
import io.ticketflow.settings.KeyType.Flag;
import io.ticketflow.settings.KeyType.ListOf;
import io.ticketflow.settings.KeyType.Text;
import io.ticketflow.settings.KeyType.Whole;
import io.ticketflow.spec.UserException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a specification, read off its records: a component of a record that is itself a
 * record is a section, every other one a key, and the full name of a key is the dotted path to it.
 *
 * @param types from full name to what the key may hold, in the order of the components
 */
public record SpecKeys(Map<String, KeyType> types) {
  public SpecKeys {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** The keys of a record of records. */
  public static SpecKeys of(Class<?> specification) {
    Map<String, KeyType> types = new LinkedHashMap<>();
    collect("", specification, types);
    return new SpecKeys(types);
  }

  private static void collect(String prefix, Class<?> section, Map<String, KeyType> types) {
    for (RecordComponent component : section.getRecordComponents()) {
      String key = prefix + component.getName();
      if (component.getType().isRecord()) {
        collect(key + ".", component.getType(), types);
      } else {
        types.put(key, typeOf(component.getGenericType()));
      }
    }
  }

  private static KeyType typeOf(Type type) {
    if (type == String.class) {
      return new Text();
    } else if (type == boolean.class) {
      return new Flag();
    } else if (type == int.class || type == Integer.class) {
      return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return new Decimal();
    } else if (type instanceof Class<?> constants && constants.isEnum()) {
      return new Choice(
          Arrays.stream(constants.getEnumConstants())
              .map(constant -> Choice.nameOf(((Enum<?>) constant).name()))
              .toList());
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new ListOf(typeOf(list.getActualTypeArguments()[0]));
    }
    throw new IllegalArgumentException("a specification holds no " + type.getTypeName());
  }

  /**
   * The tree with every value in its one form.
   *
   * @throws UserException if a key is missing or unknown, or its value is not of the key's type
   */
  public JsonNode canonical(JsonNode tree) {
    ObjectNode canonical = JsonNodeFactory.instance.objectNode();
    types.forEach(
        (key, type) -> {
          String pointer = "/" + key.replace('.', '/');
          JsonNode given = tree.at(pointer);
          if (given.isMissingNode()) {
            throw new UserException(key + " is missing");
          }
          int dot = pointer.lastIndexOf('/');
          ObjectNode section =
              dot == 0 ? canonical : canonical.withObject(pointer.substring(0, dot));
          section.set(pointer.substring(dot + 1), type.read(key, given));
        });
    refuseOthers("", tree, canonical);
    return canonical;
  }

  private static void refuseOthers(String prefix, JsonNode tree, JsonNode known) {
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String key = prefix + field.getKey();
      JsonNode counterpart = known.path(field.getKey());
      if (counterpart.isMissingNode()) {
        throw new UserException(key + " is not a key");
      } else if (counterpart.isObject()) {
        refuseOthers(key + ".", field.getValue(), counterpart);
      }
    }
  }
}
