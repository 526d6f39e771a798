package io.ticketflow.pipelines.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an output is compared by.
 *
 * @param experiment resolved, with the digests of its data in place of the runs' specifications
 * @param digests SHA-256, in hexadecimal, of each part's content
 */
public record Fingerprint(
    Platform platform,
    ObjectNode experiment,
    SortedMap<Part, String> digests,
    List<Accuracy> accuracies) {
  public Fingerprint {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    accuracies = List.copyOf(accuracies);
  }
}
