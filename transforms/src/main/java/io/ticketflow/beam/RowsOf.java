package io.ticketflow.beam;

import io.ticketflow.method.step.Step;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** The rows of a step that has no other output. */
final class RowsOf<I> extends PTransform<PCollection<I>, PCollection<MetricRow>> {
  private static final TupleTag<Void> NOTHING = new TupleTag<>("nothing") {};

  private final Workplace place;
  private final Step<I, Void> step;

  RowsOf(Workplace place, Step<I, Void> step) {
    this.place = place;
    this.step = step;
  }

  @Override
  public PCollection<MetricRow> expand(PCollection<I> elements) {
    PCollectionTuple outputs = elements.apply(StepFn.of(place, step, NOTHING));
    outputs.get(NOTHING).setCoder(VoidCoder.of());
    return outputs.get(Stage.ROWS).setCoder(RecordCoder.of(MetricRow.class));
  }
}
