package io.ticketflow.beam;

import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Every action once, with all who asked for it, spread evenly over the workers.
 *
 * <p>The grouping lets runs of a sweep share a training; the reshuffle after it puts single
 * elements on single slots, which hashing of keys does not.
 */
final class GroupByAction<T>
    extends PTransform<PCollection<KV<String, T>>, PCollection<KV<String, Iterable<T>>>> {
  @Override
  public PCollection<KV<String, Iterable<T>>> expand(PCollection<KV<String, T>> requests) {
    return requests
        .apply("GroupByAction", GroupByKey.create())
        .apply("SpreadOverSlots", Reshuffle.of());
  }
}
