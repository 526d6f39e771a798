package io.ticketflow.beam;

import io.ticketflow.method.MeasureSolution;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/** The cycle's solutions: merged networks, recalibrated and measured. Failed runs end here. */
public final class MeasureSolutions
    extends PTransform<PCollection<MergedRecord>, Stage<MergedRecord>> {
  private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("solutions") {};

  private final Workplace place;

  private MeasureSolutions(Workplace place) {
    this.place = place;
  }

  /** Measures in that place. */
  public static MeasureSolutions at(Workplace place) {
    return new MeasureSolutions(place);
  }

  @Override
  public Stage<MergedRecord> expand(PCollection<MergedRecord> merged) {
    return Stage.of(
        merged.apply("RecalibrateAndEvaluate", StepFn.of(place, MeasureSolution::take, SOLUTIONS)),
        SOLUTIONS,
        MergedRecord.class);
  }
}
