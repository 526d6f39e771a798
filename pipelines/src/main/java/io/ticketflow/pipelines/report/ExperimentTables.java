package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.spec.SpecException;
import io.ticketflow.store.tables.DamagedTableException;
import io.ticketflow.store.tables.TableReader;
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
    List<FailureRecord> failures) {
  public ExperimentTables {
    cycles = List.copyOf(cycles);
    epochs = List.copyOf(epochs);
    layers = List.copyOf(layers);
    failures = List.copyOf(failures);
  }

  /**
   * The tables below {@code folder/metrics}; one that is absent has no rows.
   *
   * @throws SpecException if the folder holds no results, or naming a damaged file
   */
  public static ExperimentTables read(String name, Path folder) throws IOException {
    Path metrics = folder.resolve("metrics");
    if (!Files.isDirectory(metrics)) {
      throw new SpecException(folder + " holds no results: there is no folder " + metrics);
    }
    try {
      return new ExperimentTables(
          name,
          TableReader.readFolder(CycleRow.class, metrics.resolve("cycles")),
          TableReader.readFolder(EpochRow.class, metrics.resolve("epochs")),
          TableReader.readFolder(LayerRow.class, metrics.resolve("layers")),
          TableReader.readFolder(FailureRecord.class, metrics.resolve("failures")));
    } catch (DamagedTableException e) {
      throw new SpecException(String.valueOf(e.getMessage()));
    }
  }
}
