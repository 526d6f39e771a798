package io.ticketflow.method.measure;

import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SplitScores;

/** What surveys by scans share. */
final class Scans {
  private Scans() {}

  static Survey.Cost cost(ScanResult scan) {
    long images = scan.getPoints().stream().mapToLong(SplitScores::getImages).sum();
    return new Survey.Cost(scan.getAction(), images, scan.getSeconds(), scan.getDevice());
  }
}
