package io.ticketflow.runners.track;

import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.List;

/** Event files for TensorBoard, written of the tables at the end: tensorboard/RUN/…. */
final class TensorBoard implements Tracker {
  private static final String FOLDER = "tensorboard/";

  /** TensorBoard knows its files by a part of their names. */
  private static final String FILE = "/events.out.tfevents.0.ticketflow";

  private List<RunRecord> runs = List.of();

  @Override
  public void begun(RunStatus status, List<RunRecord> all) {
    runs = all;
  }

  @Override
  public void ended(RunStatus status, Location output) throws IOException {
    if (!status.state().hasResults()) {
      return; // there are no tables
    }
    BlobStore blobs = output.blobs();
    for (RunRecord run : runs) {
      List<Scalar> scalars = Scalar.of(output, run.getRun());
      if (!scalars.isEmpty()) {
        blobs.write(FOLDER + run.getRun() + FILE, out -> EventFile.write(scalars, out));
      }
    }
  }
}
