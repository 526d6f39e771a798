package io.ticketflow.result;

import io.ticketflow.math.Barrier;
import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.PathRow;
import io.ticketflow.schemas.PlaneResult;
import io.ticketflow.schemas.PlaneRow;
import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SplitScores;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The table rows of losses on lines, in hulls and on planes. */
public record LandscapeRows(MeasureTask task) {
  /**
   * A line's points, and its barrier, which takes those from 0 to 1.
   *
   * @param shares of the second network in the points, ascending
   */
  public List<MetricRow> line(List<Double> shares, ScanResult scan) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      rows.add(
          measured.metric(
              PathRow.newBuilder(measured.on(new PathRow(), scan.getPoints().get(i)))
                  .setShare(shares.get(i))
                  .build()));
    }
    rows.add(barrier(shares, scan));
    return rows;
  }

  private MetricRow barrier(List<Double> shares, ScanResult scan) {
    Measured measured = new Measured(task);
    List<Integer> between =
        IntStream.range(0, shares.size())
            .filter(i -> shares.get(i) >= 0 && shares.get(i) <= 1)
            .boxed()
            .toList();
    List<SplitScores> points = between.stream().map(scan.getPoints()::get).toList();
    Barrier loss = Barrier.of(points.stream().map(SplitScores::getLoss).toList());
    Barrier error = Barrier.of(points.stream().map(each -> 1 - each.getAccuracy()).toList());
    return measured.metric(
        BarrierRow.newBuilder(measured.on(new BarrierRow()))
            .setSplit(points.get(0).getSplit())
            .setPoints(points.size())
            .setDistance(scan.getDistance())
            .setLossBarrier(loss.overMax())
            .setLossBarrierOverMean(loss.overMean())
            .setLossPeak(shares.get(between.get(loss.peak())))
            .setErrorBarrier(error.overMax())
            .setErrorBarrierOverMean(error.overMean())
            .build());
  }

  /** Points of a hull. */
  public List<MetricRow> hull(List<List<Double>> shares, ScanResult scan) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      rows.add(
          measured.metric(
              HullRow.newBuilder(measured.on(new HullRow(), scan.getPoints().get(i)))
                  .setPosition(i)
                  .setShares(shares.get(i))
                  .build()));
    }
    return rows;
  }

  /** Points of a row of a plane. */
  public List<MetricRow> plane(PlaneResult result) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < result.getPoints().size(); i++) {
      rows.add(
          measured.metric(
              PlaneRow.newBuilder(measured.on(new PlaneRow(), result.getPoints().get(i)))
                  .setSecondX(result.getSecondX())
                  .setThirdX(result.getThirdX())
                  .setThirdY(result.getThirdY())
                  .setX(result.getX().get(i))
                  .setY(result.getY())
                  .build()));
    }
    return rows;
  }
}
