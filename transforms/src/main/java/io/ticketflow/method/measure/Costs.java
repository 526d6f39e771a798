package io.ticketflow.method.measure;

import io.ticketflow.method.step.Yield;
import io.ticketflow.result.MeasureRows;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.work.Done;

/** The row that says what a scan cost. */
final class Costs {
  private Costs() {}

  static void ofScan(MeasureTask task, Done<ScanResult> done, Yield<?> out) {
    ScanResult scan = done.result();
    long images = scan.getPoints().stream().mapToLong(SplitScores::getImages).sum();
    out.row(
        new MeasureRows(task)
            .costs()
            .measure(scan.getAction(), done.found(), images, scan.getSeconds(), scan.getDevice()));
  }
}
