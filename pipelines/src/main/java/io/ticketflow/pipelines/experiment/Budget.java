package io.ticketflow.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketflow.settings.KeyType;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.util.Collection;

/**
 * How many passes over the train split each run of an experiment has in all.
 *
 * @param isMatched whether all have as many as the longest has by its own settings
 * @param epochs that many for each; 0 = as many as its settings make
 */
public record Budget(boolean isMatched, long epochs) {
  /** Each run as its settings make it. */
  static final Budget OWN = new Budget(false, 0);

  private static final String MATCHED = "matched";

  static Budget of(String where, JsonNode given) {
    if (KeyType.isNothing(given) || given.asText().equals("own")) {
      return OWN;
    } else if (given.asText().equals(MATCHED)) {
      return new Budget(true, 0);
    } else if (given.canConvertToLong() && given.isIntegralNumber() && given.asLong() > 0) {
      return new Budget(false, given.asLong());
    }
    throw UserException.of(
        "%s: budget must be own, matched or a number of epochs above 0, got %s",
        where, KeyType.inWords(given));
  }

  /** The passes that each of runs that shall be compared gets; 0 = its own. */
  long passes(Collection<RunSpec> compared) {
    return isMatched
        ? compared.stream().mapToLong(run -> new ParticleTrainings(run).passes()).max().orElse(0)
        : epochs;
  }

  JsonNode tree() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return isMatched
        ? nodes.textNode(MATCHED)
        : epochs > 0 ? nodes.numberNode(epochs) : nodes.textNode("own");
  }
}
