package io.ticketflow.result;

import io.ticketflow.math.TraceEstimate;
import io.ticketflow.schemas.CalibrationResult;
import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.DiversityResult;
import io.ticketflow.schemas.HessianPartResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.PairRecord;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.ReliabilityBin;
import io.ticketflow.schemas.ReliabilityRow;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The table rows of how networks differ, how sharp they are and how far they are to be believed.
 */
public record MeasureRows(MeasureTask task) {
  /** Pairs of particles. */
  public List<MetricRow> pairs(DiversityResult result) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (PairRecord pair : result.getPairs()) {
      long either = pair.getFirstWrong() + pair.getSecondWrong() - pair.getBothWrong();
      long one = either - pair.getBothWrong();
      rows.add(
          measured.metric(
              PairRow.newBuilder(measured.on(new PairRow()))
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
    Measured measured = new Measured(task);
    String subject = task.getNetworks().size() > 1 ? "ensemble" : measured.name(0);
    List<MetricRow> rows = new ArrayList<>();
    rows.add(
        measured.metric(
            CalibrationRow.newBuilder(measured.on(new CalibrationRow()))
                .setSubject(subject)
                .setTemperature(result.getTemperature())
                .setNll(result.getNll())
                .setScaledNll(result.getScaledNll())
                .setEce(result.getEce())
                .setScaledEce(result.getScaledEce())
                .build()));
    for (ReliabilityBin bin : result.getReliability()) {
      rows.add(
          measured.metric(
              ReliabilityRow.newBuilder(measured.on(new ReliabilityRow()))
                  .setSubject(subject)
                  .setPosition(bin.getPosition())
                  .setImages(bin.getImages())
                  .setConfidence(bin.getConfidence())
                  .setAccuracy(bin.getAccuracy())
                  .build()));
    }
    return rows;
  }

  /**
   * What was found of one network's curvature.
   *
   * @param parts blocks of probes in their order, and the eigenvalue at the end
   */
  public MetricRow curvature(List<HessianPartResult> parts) {
    Measured measured = new Measured(task);
    HessianPartResult last = parts.get(parts.size() - 1);
    TraceEstimate trace =
        TraceEstimate.of(parts.stream().flatMap(part -> part.getProbes().stream()).toList());
    return measured.metric(
        CurvatureRow.newBuilder(measured.on(new CurvatureRow()))
            .setSubject(measured.name(0))
            .setImages(last.getImages())
            .setTrace(trace.mean())
            .setTraceError(trace.standardError())
            .setProbes(trace.probes())
            .setLargestEigenvalue(Objects.requireNonNull(last.getLargest()))
            .setResidual(Objects.requireNonNull(last.getResidual()))
            .setIterations(Objects.requireNonNull(last.getIterations()))
            .build());
  }
}
