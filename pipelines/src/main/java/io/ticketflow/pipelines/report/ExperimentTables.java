package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.PathRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.DamagedTableException;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The result tables of one experiment.
 *
 * @param name what the experiment is called on the page
 */
public record ExperimentTables(
    String name,
    List<CycleRow> cycles,
    List<EpochRow> epochs,
    List<LayerRow> layers,
    List<BudgetRow> budgets,
    List<CostRow> costs,
    List<BarrierRow> barriers,
    List<PathRow> paths,
    List<HullRow> hulls,
    List<PairRow> pairs,
    List<CurvatureRow> curvatures,
    List<CalibrationRow> calibrations,
    List<FailureRecord> failures) {
  public ExperimentTables {
    cycles = List.copyOf(cycles);
    epochs = List.copyOf(epochs);
    layers = List.copyOf(layers);
    budgets = List.copyOf(budgets);
    costs = List.copyOf(costs);
    barriers = List.copyOf(barriers);
    paths = List.copyOf(paths);
    hulls = List.copyOf(hulls);
    pairs = List.copyOf(pairs);
    curvatures = List.copyOf(curvatures);
    calibrations = List.copyOf(calibrations);
    failures = List.copyOf(failures);
  }

  /**
   * The tables below {@code output/metrics}; one that is absent has no rows.
   *
   * @throws UserException if the folder holds no results, or naming a damaged file
   */
  public static ExperimentTables read(String name, Location output) throws IOException {
    String metrics = output.file("metrics");
    if (output.folder().isPresent()
        ? !Files.isDirectory(Path.of(metrics))
        : output.blobs().list("metrics").isEmpty()) {
      throw UserException.of("%s holds no results: there is no folder %s", output, metrics);
    }
    try {
      return new ExperimentTables(
          name,
          Tables.CYCLES.read(output),
          Tables.EPOCHS.read(output),
          Tables.LAYERS.read(output),
          Tables.BUDGETS.read(output),
          Tables.COSTS.read(output),
          Tables.BARRIERS.read(output),
          Tables.PATHS.read(output),
          Tables.HULLS.read(output),
          Tables.PAIRS.read(output),
          Tables.CURVATURES.read(output),
          Tables.CALIBRATIONS.read(output),
          Tables.FAILURES.read(output));
    } catch (DamagedTableException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }
}
