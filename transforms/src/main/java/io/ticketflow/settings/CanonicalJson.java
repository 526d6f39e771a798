package io.ticketflow.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.math.Sha256;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.spec.UserException;

/**
 * The one text of a value: keys sorted, no spaces, numbers at their shortest, {@link LaterKeys}
 * only where they say something.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // a record's components are its value; what isNone() answers is not
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enumNamingStrategy(KeyType.Choice::nameOf)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addMixIn(DataSpec.class, LaterKeys.OfData.class)
          .addMixIn(EvaluationSpec.class, LaterKeys.OfEvaluation.class)
          .addMixIn(ModelSpec.class, LaterKeys.OfModel.class)
          .addMixIn(TrainingSpec.class, LaterKeys.OfTraining.class)
          .addMixIn(SparsifierSpec.class, LaterKeys.OfSparsifier.class)
          .addMixIn(PruningSpec.class, LaterKeys.OfPruning.class)
          .addMixIn(TicketsSpec.class, LaterKeys.OfTickets.class)
          .addMixIn(ParticleTraining.class, LaterKeys.OfParticleTraining.class)
          .addMixIn(RunSpec.class, LaterKeys.OfRun.class)
          .build();

  private static final ObjectWriter WRITER = MAPPER.writer();

  private CanonicalJson() {}

  /** A value's one text. */
  public static String write(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a value of JSON: " + value, e);
    }
  }

  /** A value as a tree, keys sorted. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** SHA-256, in lower-case hexadecimal, of a value's one text. */
  public static String digest(Object value) {
    return Sha256.hex(Sha256.of(write(value)));
  }

  /** Reads what {@link #write} wrote. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.treeToValue(LaterKeys.filled(MAPPER.readTree(json)), type);
    } catch (JsonProcessingException e) {
      throw cause(e);
    }
  }

  /**
   * Binds a tree to a specification. Constants are read in any case, with dashes or underscores; a
   * single value stands for a list of it alone; every key but {@link LaterKeys} must be there, and
   * no other.
   *
   * @throws UserException naming key and value, if one does not fit
   */
  public static <T> T bind(JsonNode tree, Class<T> type) {
    try {
      JsonNode full = LaterKeys.filled(tree.deepCopy());
      JsonNode canonical = type.isRecord() ? SpecKeys.of(type).canonical(full) : full;
      return MAPPER.treeToValue(canonical, type);
    } catch (JsonProcessingException e) {
      throw cause(e);
    }
  }

  private static RuntimeException cause(JsonProcessingException e) {
    if (e instanceof ValueInstantiationException && e.getCause() instanceof UserException cause) {
      return cause;
    }
    return new UserException("not JSON of a specification: " + e.getOriginalMessage());
  }
}
