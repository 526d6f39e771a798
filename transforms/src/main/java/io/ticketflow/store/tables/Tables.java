package io.ticketflow.store.tables;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.ticketflow.schemas.AgreementRow;
import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.PathRow;
import io.ticketflow.schemas.PixelRow;
import io.ticketflow.schemas.PlaneRow;
import io.ticketflow.schemas.ReliabilityRow;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.schemas.UnitRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.PoolSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every table of an output, and the order of its rows: as a reader would list them, and total, so
 * that it does not depend on the order in which rows arrive. A new table is a line in {@link #ALL}.
 */
public final class Tables {
  private static final List<String> SUBJECTS =
      Stream.concat(
              Stream.of("particle", "member", "segment", "merged", "ensemble"),
              Arrays.stream(PoolSpec.Kind.values()).map(PoolSpec.Kind::subject))
          .toList();
  private static final List<String> SPLITS = List.of("train", "validation", "test");
  private static final List<String> KINDS =
      List.of("train", "soup", "recalibrate", "evaluate", "prune", "pool", "measure");

  private static final List<String> MEASURES =
      Arrays.stream(MeasureSpec.Name.values()).map(MeasureSpec.Name::label).toList();

  private static final List<String> SEARCHED = List.of("soup", "lottery", "average");

  /** Run, cycle, particle · … · merged · ensemble · pools, particle, train · validation · test. */
  public static final Table<CycleRow> CYCLES =
      new Table<>(
          "metrics/cycles",
          CycleRow.class,
          comparing(CycleRow::getRun)
              .thenComparingInt(CycleRow::getCycle)
              .thenComparing(CycleRow::getSubject, listed(SUBJECTS))
              .thenComparing(CycleRow::getParticle, nullsLast(naturalOrder()))
              .thenComparing(CycleRow::getSplit, listed(SPLITS))
              .thenComparing(naturalOrder()));

  /** Run, cycle, particle, epoch. */
  public static final Table<EpochRow> EPOCHS =
      new Table<>(
          "metrics/epochs",
          EpochRow.class,
          comparing(EpochRow::getRun)
              .thenComparingInt(EpochRow::getCycle)
              .thenComparingInt(EpochRow::getParticle)
              .thenComparingInt(EpochRow::getEpoch)
              .thenComparing(naturalOrder()));

  /** Run, cycle, then the tensor's place in the network. */
  public static final Table<LayerRow> LAYERS =
      new Table<>(
          "metrics/layers",
          LayerRow.class,
          comparing(LayerRow::getRun)
              .thenComparingInt(LayerRow::getCycle)
              .thenComparingInt(LayerRow::getPosition)
              .thenComparing(naturalOrder()));

  /** Run, cycle, particle (none comes last), in the order of a cycle's actions. */
  public static final Table<CostRow> COSTS =
      new Table<>(
          "costs",
          CostRow.class,
          comparing(CostRow::getRun)
              .thenComparingInt(CostRow::getCycle)
              .thenComparing(CostRow::getParticle, nullsLast(naturalOrder()))
              .thenComparing(CostRow::getKind, listed(KINDS))
              .thenComparing(naturalOrder()));

  /** Run, cycle, particle (none comes last). */
  public static final Table<FailureRecord> FAILURES =
      new Table<>(
          "metrics/failures",
          FailureRecord.class,
          comparing(FailureRecord::getRun)
              .thenComparingInt(FailureRecord::getCycle)
              .thenComparing(FailureRecord::getParticle, nullsLast(naturalOrder()))
              .thenComparing(naturalOrder()));

  /** Run, cycle, kind, then the try's place. */
  public static final Table<SearchRow> SEARCHES =
      new Table<>(
          "metrics/searches",
          SearchRow.class,
          comparing(SearchRow::getRun)
              .thenComparingInt(SearchRow::getCycle)
              .thenComparing(SearchRow::getKind, listed(SEARCHED))
              .thenComparingInt(SearchRow::getPosition)
              .thenComparing(naturalOrder()));

  /** Run, cycle, measure, then the networks. */
  public static final Table<BarrierRow> BARRIERS =
      new Table<>(
          "metrics/barriers",
          BarrierRow.class,
          comparing(BarrierRow::getRun)
              .thenComparingInt(BarrierRow::getCycle)
              .thenComparing(BarrierRow::getMeasure, listed(MEASURES))
              .thenComparing(BarrierRow::getFirst)
              .thenComparing(BarrierRow::getSecond)
              .thenComparing(naturalOrder()));

  /** Run, cycle, measure, the networks, then the share. */
  public static final Table<PathRow> PATHS =
      new Table<>(
          "metrics/paths",
          PathRow.class,
          comparing(PathRow::getRun)
              .thenComparingInt(PathRow::getCycle)
              .thenComparing(PathRow::getMeasure, listed(MEASURES))
              .thenComparing(PathRow::getFirst)
              .thenComparing(PathRow::getSecond)
              .thenComparingDouble(PathRow::getShare)
              .thenComparing(naturalOrder()));

  /** Run, cycle, measure, the networks, then rows from the lowest and their points. */
  public static final Table<PlaneRow> PLANES =
      new Table<>(
          "metrics/planes",
          PlaneRow.class,
          comparing(PlaneRow::getRun)
              .thenComparingInt(PlaneRow::getCycle)
              .thenComparing(PlaneRow::getMeasure, listed(MEASURES))
              .thenComparing(PlaneRow::getFirst)
              .thenComparing(PlaneRow::getSecond)
              .thenComparing(PlaneRow::getThird)
              .thenComparingDouble(PlaneRow::getY)
              .thenComparingDouble(PlaneRow::getX)
              .thenComparing(naturalOrder()));

  /** Run, cycle, measure, the networks, then the tensor's place. */
  public static final Table<AgreementRow> AGREEMENTS =
      new Table<>(
          "metrics/agreements",
          AgreementRow.class,
          comparing(AgreementRow::getRun)
              .thenComparingInt(AgreementRow::getCycle)
              .thenComparing(AgreementRow::getMeasure, listed(MEASURES))
              .thenComparing(AgreementRow::getFirst)
              .thenComparing(AgreementRow::getSecond)
              .thenComparingInt(AgreementRow::getPosition)
              .thenComparing(naturalOrder()));

  /** Run, cycle, the network, the corruption, then its severity. */
  public static final Table<CorruptionRow> CORRUPTIONS =
      new Table<>(
          "metrics/corruptions",
          CorruptionRow.class,
          comparing(CorruptionRow::getRun)
              .thenComparingInt(CorruptionRow::getCycle)
              .thenComparing(CorruptionRow::getSubject)
              .thenComparing(CorruptionRow::getCorruption)
              .thenComparingInt(CorruptionRow::getSeverity)
              .thenComparing(naturalOrder()));

  /** Run, cycle, channel, row, column. */
  public static final Table<PixelRow> PIXELS =
      new Table<>(
          "metrics/pixels",
          PixelRow.class,
          comparing(PixelRow::getRun)
              .thenComparingInt(PixelRow::getCycle)
              .thenComparingInt(PixelRow::getChannel)
              .thenComparingInt(PixelRow::getY)
              .thenComparingInt(PixelRow::getX)
              .thenComparing(naturalOrder()));

  /** Run, cycle, then the tensor's place. */
  public static final Table<UnitRow> UNITS =
      new Table<>(
          "metrics/units",
          UnitRow.class,
          comparing(UnitRow::getRun)
              .thenComparingInt(UnitRow::getCycle)
              .thenComparingInt(UnitRow::getPosition)
              .thenComparing(naturalOrder()));

  /** Run, cycle, then the point's place. */
  public static final Table<HullRow> HULLS =
      new Table<>(
          "metrics/hulls",
          HullRow.class,
          comparing(HullRow::getRun)
              .thenComparingInt(HullRow::getCycle)
              .thenComparingInt(HullRow::getPosition)
              .thenComparing(naturalOrder()));

  /** Run, cycle, then the particles. */
  public static final Table<PairRow> PAIRS =
      new Table<>(
          "metrics/pairs",
          PairRow.class,
          comparing(PairRow::getRun)
              .thenComparingInt(PairRow::getCycle)
              .thenComparingInt(PairRow::getFirst)
              .thenComparingInt(PairRow::getSecond)
              .thenComparing(naturalOrder()));

  /** Run, cycle, then the network. */
  public static final Table<CurvatureRow> CURVATURES =
      new Table<>(
          "metrics/curvatures",
          CurvatureRow.class,
          comparing(CurvatureRow::getRun)
              .thenComparingInt(CurvatureRow::getCycle)
              .thenComparing(CurvatureRow::getSubject)
              .thenComparing(naturalOrder()));

  /** Run, cycle, then the network. */
  public static final Table<CalibrationRow> CALIBRATIONS =
      new Table<>(
          "metrics/calibrations",
          CalibrationRow.class,
          comparing(CalibrationRow::getRun)
              .thenComparingInt(CalibrationRow::getCycle)
              .thenComparing(CalibrationRow::getSubject)
              .thenComparing(naturalOrder()));

  /** Run, cycle, the network, then the bin. */
  public static final Table<ReliabilityRow> RELIABILITIES =
      new Table<>(
          "metrics/reliabilities",
          ReliabilityRow.class,
          comparing(ReliabilityRow::getRun)
              .thenComparingInt(ReliabilityRow::getCycle)
              .thenComparing(ReliabilityRow::getSubject)
              .thenComparingInt(ReliabilityRow::getPosition)
              .thenComparing(naturalOrder()));

  /** Run, cycle. */
  public static final Table<BudgetRow> BUDGETS =
      new Table<>(
          "metrics/budgets",
          BudgetRow.class,
          comparing(BudgetRow::getRun)
              .thenComparingInt(BudgetRow::getCycle)
              .thenComparing(naturalOrder()));

  /** All of them. */
  public static final List<Table<?>> ALL =
      List.of(
          CYCLES,
          EPOCHS,
          LAYERS,
          FAILURES,
          SEARCHES,
          BUDGETS,
          BARRIERS,
          PATHS,
          HULLS,
          PAIRS,
          CURVATURES,
          CALIBRATIONS,
          RELIABILITIES,
          PLANES,
          AGREEMENTS,
          UNITS,
          PIXELS,
          CORRUPTIONS,
          COSTS);

  private Tables() {}

  /** Listed values in the list's order, then all others by name. */
  private static Comparator<String> listed(List<String> values) {
    return comparingInt(
            (String value) -> values.contains(value) ? values.indexOf(value) : values.size())
        .thenComparing(naturalOrder());
  }
}
