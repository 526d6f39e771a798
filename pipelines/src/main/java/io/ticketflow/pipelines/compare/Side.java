package io.ticketflow.pipelines.compare;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.Location;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of the two that are compared: an output, or what a baseline's file remembers of one.
 *
 * @param name as the user wrote it
 * @param output where its tensors and curves are; empty of a file
 * @param artifacts the file of each part that is one, and what that file holds now
 * @param altered parts whose file does not hold what its name says
 */
public record Side(
    String name,
    Fingerprint fingerprint,
    Optional<Location> output,
    Map<Part, ArtifactRef> artifacts,
    Set<Part> altered) {
  public Side {
    artifacts = Map.copyOf(artifacts);
    altered = Set.copyOf(altered);
  }

  /** A baseline's. */
  static Side ofFile(String name, Fingerprint fingerprint) {
    return new Side(name, fingerprint, Optional.empty(), Map.of(), Set.of());
  }
}
