package io.ticketflow.result;

import io.ticketflow.math.Barrier;
import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.CalibrationResult;
import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.DiversityResult;
import io.ticketflow.schemas.HessianResult;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.PairRecord;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.PathRow;
import io.ticketflow.schemas.ReliabilityBin;
import io.ticketflow.schemas.ReliabilityRow;
import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** The table rows of what a task has measured. */
public record MeasureRows(MeasureTask task) {
  /**
   * A line's points, and its barrier, which takes those from 0 to 1.
   *
   * @param shares of the second network in the points, ascending
   */
  public List<MetricRow> line(List<Double> shares, ScanResult scan) {
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      SplitScores scores = scan.getPoints().get(i);
      rows.add(
          metric(
              PathRow.newBuilder(identity().on(new PathRow()))
                  .setDensity(density())
                  .setMeasure(task.getMeasure())
                  .setFirst(name(0))
                  .setSecond(name(1))
                  .setShare(shares.get(i))
                  .setSplit(scores.getSplit())
                  .setLoss(scores.getLoss())
                  .setAccuracy(scores.getAccuracy())
                  .build()));
    }
    rows.add(barrier(shares, scan));
    return rows;
  }

  private MetricRow barrier(List<Double> shares, ScanResult scan) {
    List<Integer> between =
        IntStream.range(0, shares.size())
            .filter(i -> shares.get(i) >= 0 && shares.get(i) <= 1)
            .boxed()
            .toList();
    List<SplitScores> points = between.stream().map(scan.getPoints()::get).toList();
    Barrier loss = Barrier.of(points.stream().map(SplitScores::getLoss).toList());
    Barrier error = Barrier.of(points.stream().map(each -> 1 - each.getAccuracy()).toList());
    return metric(
        BarrierRow.newBuilder(identity().on(new BarrierRow()))
            .setDensity(density())
            .setMeasure(task.getMeasure())
            .setFirst(name(0))
            .setSecond(name(1))
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
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      SplitScores scores = scan.getPoints().get(i);
      rows.add(
          metric(
              HullRow.newBuilder(identity().on(new HullRow()))
                  .setDensity(density())
                  .setPosition(i)
                  .setShares(shares.get(i))
                  .setSplit(scores.getSplit())
                  .setLoss(scores.getLoss())
                  .setAccuracy(scores.getAccuracy())
                  .build()));
    }
    return rows;
  }

  /** Pairs of particles. */
  public List<MetricRow> pairs(DiversityResult result) {
    List<MetricRow> rows = new ArrayList<>();
    for (PairRecord pair : result.getPairs()) {
      long either = pair.getFirstWrong() + pair.getSecondWrong() - pair.getBothWrong();
      long one = either - pair.getBothWrong();
      rows.add(
          metric(
              PairRow.newBuilder(identity().on(new PairRow()))
                  .setDensity(density())
                  .setFirst(pair.getFirst())
                  .setSecond(pair.getSecond())
                  .setDistance(pair.getDistance())
                  .setCosine(pair.getCosine())
                  .setSplit(Specs.of(task.getRun()).measure().split().label())
                  .setDisagreement(pair.getDiffering() / (double) result.getImages())
                  .setDifferingErrors(either == 0 ? 0 : one / (double) either)
                  .build()));
    }
    return rows;
  }

  /** A network's or an ensemble's calibration, and its reliability diagram. */
  public List<MetricRow> calibration(CalibrationResult result) {
    String subject = task.getNetworks().size() > 1 ? "ensemble" : name(0);
    List<MetricRow> rows = new ArrayList<>();
    rows.add(
        metric(
            CalibrationRow.newBuilder(identity().on(new CalibrationRow()))
                .setDensity(density())
                .setSubject(subject)
                .setTemperature(result.getTemperature())
                .setNll(result.getNll())
                .setScaledNll(result.getScaledNll())
                .setEce(result.getEce())
                .setScaledEce(result.getScaledEce())
                .build()));
    for (ReliabilityBin bin : result.getReliability()) {
      rows.add(
          metric(
              ReliabilityRow.newBuilder(identity().on(new ReliabilityRow()))
                  .setDensity(density())
                  .setSubject(subject)
                  .setPosition(bin.getPosition())
                  .setImages(bin.getImages())
                  .setConfidence(bin.getConfidence())
                  .setAccuracy(bin.getAccuracy())
                  .build()));
    }
    return rows;
  }

  /** What was found of one network's curvature. */
  public MetricRow curvature(HessianResult result) {
    return metric(
        CurvatureRow.newBuilder(identity().on(new CurvatureRow()))
            .setDensity(density())
            .setSubject(name(0))
            .setImages(result.getImages())
            .setTrace(result.getTrace())
            .setTraceError(result.getTraceError())
            .setProbes(result.getProbes())
            .setLargestEigenvalue(result.getLargest())
            .setResidual(result.getResidual())
            .setIterations(result.getIterations())
            .build());
  }

  private double density() {
    return task.getTicket().getDensity();
  }

  private String name(int network) {
    NamedNetwork named = task.getNetworks().get(network);
    return named.getName();
  }

  private RunIdentity identity() {
    return new RunIdentity(task.getRun(), task.getTicket().getCycle());
  }

  private MetricRow metric(SpecificRecord row) {
    return new MetricRow(task.getRun().getRun(), row);
  }
}
