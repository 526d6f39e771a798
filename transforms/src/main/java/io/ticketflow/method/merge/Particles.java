package io.ticketflow.method.merge;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TicketRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a rule merges.
 *
 * @param networks of one mask, in the order of their numbers
 * @param anchor the weights from which all of them set out, if they are known
 */
public record Particles(List<ArtifactRef> networks, Optional<ArtifactRef> anchor) {
  /** The particles of a ticket, which all set out from its weights. */
  public static Particles of(TicketRecord ticket, List<ArtifactRef> networks) {
    return new Particles(networks, Optional.of(ticket.getWeights()));
  }

  /**
   * The anchor, for a rule that cannot do without.
   *
   * @throws IllegalArgumentException naming the rule, if it is not known
   */
  ArtifactRef anchorOf(String rule) {
    return anchor.orElseThrow(() -> new IllegalArgumentException(rule + " needs an anchor"));
  }
}
