package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.UnitRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What masks leave of units, computation and bytes. */
final class UnitsFigure {
  private record Network(String run, int cycle) {}

  private UnitsFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return new Figure(
        "units",
        "What masks leave",
        "Share of rows and filters without a kept weight; multiplications and additions that kept"
            + " weights take part in, and bytes of kept values and a mask of one bit a weight, both"
            + " as a share of the dense network's prunable layers. Mean over seeds. Sparser is to"
            + " the right.",
        Quantities.rows(
            experiments,
            labels,
            experiment -> {
              Map<Network, List<UnitRow>> networks = new LinkedHashMap<>();
              for (UnitRow row : experiment.rows(Tables.UNITS)) {
                networks
                    .computeIfAbsent(
                        new Network(row.getRun(), row.getCycle()), n -> new ArrayList<>())
                    .add(row);
              }
              return networks.values().stream().map(UnitsFigure::of);
            }),
        List.of());
  }

  private static Quantities of(List<UnitRow> tensors) {
    UnitRow any = tensors.get(0);
    return new Quantities(
        any.getRun(),
        any.getMethod(),
        any.getCycle(),
        any.getDensity(),
        "",
        Quantities.named(
            entry("dead units", share(tensors, UnitRow::getDeadUnits, UnitRow::getUnits)),
            entry("FLOPs", share(tensors, UnitRow::getSparseFlops, UnitRow::getDenseFlops)),
            entry("bytes", share(tensors, UnitRow::getSparseBytes, UnitRow::getDenseBytes))),
        Map.of());
  }

  private static double share(
      List<UnitRow> tensors, ToLongFunction<UnitRow> part, ToLongFunction<UnitRow> all) {
    return tensors.stream().mapToLong(part).sum() / (double) tensors.stream().mapToLong(all).sum();
  }
}
