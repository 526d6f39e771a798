package io.ticketflow.store;

import io.ticketflow.math.Mask;
import io.ticketflow.schemas.LayerCount;
import java.util.ArrayList;
import java.util.List;

/** Counts what masks keep, layer by layer, from their chunks in order. */
final class LayerCounter {
  private final List<LayerCount> counts = new ArrayList<>();
  private long kept;

  void add(Span span, Mask mask) {
    kept += mask.kept();
    if (span.isLast()) {
      counts.add(new LayerCount(span.tensor(), kept, (long) span.size()));
      kept = 0;
    }
  }

  List<LayerCount> counts() {
    return List.copyOf(counts);
  }
}
