package io.ticketflow.store.tables;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.SearchRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * The order of each table's rows: as a reader would list them, and total, so that it does not
 * depend on the order in which rows arrive.
 *
 * <p>Rows of a type that is not listed here are ordered by Avro's own comparison.
 */
public final class RowOrder {
  private static final List<String> SUBJECTS =
      List.of(
          "particle",
          "member",
          "segment",
          "merged",
          "ensemble",
          "pool",
          "pool-average",
          "pool-swa",
          "pool-ema");
  private static final List<String> SPLITS = List.of("train", "validation", "test");
  private static final List<String> KINDS =
      List.of("train", "soup", "recalibrate", "evaluate", "prune", "pool");

  private static final List<String> SEARCHED = List.of("soup", "lottery", "average");

  /** Run, cycle, particle · … · merged · ensemble · pools, particle, train · validation · test. */
  public static final Comparator<CycleRow> CYCLES =
      comparing(CycleRow::getRun)
          .thenComparingInt(CycleRow::getCycle)
          .thenComparing(CycleRow::getSubject, listed(SUBJECTS))
          .thenComparing(CycleRow::getParticle, nullsLast(naturalOrder()))
          .thenComparing(CycleRow::getSplit, listed(SPLITS))
          .thenComparing(naturalOrder());

  /** Run, cycle, particle, epoch. */
  public static final Comparator<EpochRow> EPOCHS =
      comparing(EpochRow::getRun)
          .thenComparingInt(EpochRow::getCycle)
          .thenComparingInt(EpochRow::getParticle)
          .thenComparingInt(EpochRow::getEpoch)
          .thenComparing(naturalOrder());

  /** Run, cycle, then the tensor's place in the network. */
  public static final Comparator<LayerRow> LAYERS =
      comparing(LayerRow::getRun)
          .thenComparingInt(LayerRow::getCycle)
          .thenComparingInt(LayerRow::getPosition)
          .thenComparing(naturalOrder());

  /** Run, cycle, particle (none comes last), in the order of a cycle's actions. */
  public static final Comparator<CostRow> COSTS =
      comparing(CostRow::getRun)
          .thenComparingInt(CostRow::getCycle)
          .thenComparing(CostRow::getParticle, nullsLast(naturalOrder()))
          .thenComparing(CostRow::getKind, listed(KINDS))
          .thenComparing(naturalOrder());

  /** Run, cycle, particle (none comes last). */
  public static final Comparator<FailureRecord> FAILURES =
      comparing(FailureRecord::getRun)
          .thenComparingInt(FailureRecord::getCycle)
          .thenComparing(FailureRecord::getParticle, nullsLast(naturalOrder()))
          .thenComparing(naturalOrder());

  /** Run, cycle, kind, then the try's place. */
  public static final Comparator<SearchRow> SEARCHES =
      comparing(SearchRow::getRun)
          .thenComparingInt(SearchRow::getCycle)
          .thenComparing(SearchRow::getKind, listed(SEARCHED))
          .thenComparingInt(SearchRow::getPosition)
          .thenComparing(naturalOrder());

  /** Run, cycle. */
  public static final Comparator<BudgetRow> BUDGETS =
      comparing(BudgetRow::getRun)
          .thenComparingInt(BudgetRow::getCycle)
          .thenComparing(naturalOrder());

  private static final Map<Class<?>, Comparator<?>> BY_TYPE =
      Map.of(
          CycleRow.class, CYCLES,
          EpochRow.class, EPOCHS,
          LayerRow.class, LAYERS,
          SearchRow.class, SEARCHES,
          BudgetRow.class, BUDGETS,
          CostRow.class, COSTS,
          FailureRecord.class, FAILURES);

  private RowOrder() {}

  /** The order of that type's table. */
  @SuppressWarnings("unchecked") // BY_TYPE maps a class to a comparator of that class
  public static <T extends SpecificRecord> Comparator<T> of(Class<T> type) {
    Comparator<?> order = BY_TYPE.get(type);
    return order == null
        ? (a, b) -> TableFormat.model(type).compare(a, b, TableFormat.schema(type))
        : (Comparator<T>) order;
  }

  /** Listed values in the list's order, then all others by name. */
  private static Comparator<String> listed(List<String> values) {
    return comparingInt(
            (String value) -> values.contains(value) ? values.indexOf(value) : values.size())
        .thenComparing(naturalOrder());
  }
}
