package io.ticketflow.beam;

import io.ticketflow.method.ImportRun;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/** The solutions of finished runs of other outputs, copied into this one and measured here. */
public final class ImportSolutions extends PTransform<PCollection<RunRecord>, Stage<MergedRecord>> {
  private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("imported") {};

  private final Workplace place;

  private ImportSolutions(Workplace place) {
    this.place = place;
  }

  /** Copies into that place. */
  public static ImportSolutions at(Workplace place) {
    return new ImportSolutions(place);
  }

  @Override
  public Stage<MergedRecord> expand(PCollection<RunRecord> runs) {
    return Stage.of(
        runs.apply("ReadSolutions", StepFn.of(place, ImportRun::take, SOLUTIONS)),
        SOLUTIONS,
        MergedRecord.class);
  }
}
