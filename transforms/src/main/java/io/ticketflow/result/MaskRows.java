package io.ticketflow.result;

import io.ticketflow.schemas.AgreementResult;
import io.ticketflow.schemas.AgreementRow;
import io.ticketflow.schemas.FirstLayerResult;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.PixelCount;
import io.ticketflow.schemas.PixelRow;
import io.ticketflow.schemas.TensorAgreement;
import io.ticketflow.schemas.TensorUnits;
import io.ticketflow.schemas.UnitRow;
import io.ticketflow.schemas.UnitsResult;
import java.util.ArrayList;
import java.util.List;

/** The table rows of masks and signs. */
public record MaskRows(MeasureTask task) {
  /** What two networks have in common, a row a tensor. */
  public List<MetricRow> agreements(AgreementResult result) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (TensorAgreement each : result.getTensors()) {
      long either = each.getFirstKept() + each.getSecondKept() - each.getBothKept();
      rows.add(
          measured.metric(
              AgreementRow.newBuilder(measured.on(new AgreementRow()))
                  .setPosition(each.getPosition())
                  .setTensor(each.getTensor())
                  .setTotal(each.getTotal())
                  .setFirstKept(each.getFirstKept())
                  .setSecondKept(each.getSecondKept())
                  .setBothKept(each.getBothKept())
                  .setAgreement(part(each.getBothKept(), either, 1))
                  .setSignFlips(part(each.getFlipped(), each.getBothKept(), 0))
                  .build()));
    }
    return rows;
  }

  /** What a network's mask leaves, a row a tensor. */
  public List<MetricRow> units(UnitsResult result) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (TensorUnits each : result.getTensors()) {
      rows.add(
          measured.metric(
              UnitRow.newBuilder(measured.on(new UnitRow()))
                  .setPosition(each.getPosition())
                  .setTensor(each.getTensor())
                  .setUnits(each.getUnits())
                  .setDeadUnits(each.getDeadUnits())
                  .setInputs(each.getInputs())
                  .setUnreadInputs(each.getUnreadInputs())
                  .setDenseFlops(each.getDenseFlops())
                  .setSparseFlops(each.getSparseFlops())
                  .setDenseBytes(each.getDenseBytes())
                  .setSparseBytes(each.getSparseBytes())
                  .build()));
    }
    return rows;
  }

  /** How many units take each pixel. */
  public List<MetricRow> pixels(FirstLayerResult result) {
    Measured measured = new Measured(task);
    List<MetricRow> rows = new ArrayList<>();
    for (PixelCount each : result.getPixels()) {
      rows.add(
          measured.metric(
              PixelRow.newBuilder(measured.on(new PixelRow()))
                  .setTensor(result.getTensor())
                  .setChannel(each.getChannel())
                  .setY(each.getY())
                  .setX(each.getX())
                  .setKept(each.getKept())
                  .setUnits(result.getUnits())
                  .build()));
    }
    return rows;
  }

  private static double part(long count, long all, double ofNone) {
    return all == 0 ? ofNone : count / (double) all;
  }
}
