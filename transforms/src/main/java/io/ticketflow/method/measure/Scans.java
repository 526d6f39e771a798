package io.ticketflow.method.measure;

import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SplitScores;
import java.util.List;

/** What surveys by scans share. */
final class Scans {
  private Scans() {}

  static Survey.Cost cost(ScanResult scan) {
    return new Survey.Cost(
        scan.getAction(), images(scan.getPoints()), scan.getSeconds(), scan.getDevice());
  }

  /** Images that passed through networks to these scores. */
  static long images(List<SplitScores> scores) {
    return scores.stream().mapToLong(SplitScores::getImages).sum();
  }
}
