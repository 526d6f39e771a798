package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.schemas.AgreementRow;
import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.PathRow;
import io.ticketflow.schemas.PixelRow;
import io.ticketflow.schemas.PlaneRow;
import io.ticketflow.schemas.ReliabilityRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.UnitRow;
import io.ticketflow.store.tables.TableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every measure, of a run with three particles and of one with one, after they were trained. */
class MeasuresTest {
  private static final String MEASURES =
      "measure: {take: [particle-barriers, ticket-barriers, cycle-barriers, method-barriers, hull,"
          + " particle-planes, cycle-planes, particle-signs, ticket-signs, cycle-masks, method-masks,"
          + " units, first-layer, corruptions, diversity, hessian, calibration], points: 3, beyond: 0.5,"
          + " grid: 7, hullPoints: 4, hessianImages: 20, probes: 3, iterations: 4,"
          + " corruptions: [brightness, rotation, brightness], severities: [1, 5]}";
  private static final int CYCLES = 3;

  @TempDir static Path folder;
  private static SortedMap<String, String> before;

  @BeforeAll
  static void run() throws IOException {
    Sweeps.run(folder, 2, runs(""));
    before = Sweeps.bytes(folder.resolve("metrics"));
    Sweeps.run(folder, 2, runs(MEASURES));
  }

  private static RunRecord[] runs(String more) {
    String particles = "particles: 3";
    return new RunRecord[] {
      Sweeps.record("imp-seed1", more.isEmpty() ? Sweeps.imp() : Sweeps.imp(more)),
      Sweeps.record(
          "swamp-seed1", more.isEmpty() ? Sweeps.imp(particles) : Sweeps.imp(particles, more))
    };
  }

  @Test
  void nothingIsTrainedAndNoTableOfBeforeChanges() throws IOException {
    SortedMap<String, String> after = Sweeps.bytes(folder.resolve("metrics"));
    assertThat(after).containsAllEntriesOf(before);
    assertThat(rows(CostRow.class, "costs"))
        .filteredOn(cost -> cost.getKind().equals("train"))
        .isNotEmpty()
        .allMatch(CostRow::getCached);
  }

  @Test
  void thereIsALineForEveryPair() {
    List<BarrierRow> barriers = rows(BarrierRow.class, "metrics/barriers");
    assertThat(named(barriers, "particle-barriers"))
        .hasSize(3 * CYCLES)
        .allMatch(row -> row.getRun().equals("swamp-seed1"));
    assertThat(named(barriers, "ticket-barriers")).hasSize(2 * CYCLES);
    assertThat(named(barriers, "cycle-barriers"))
        .extracting(row -> row.getRun() + " " + row.getFirst() + " " + row.getSecond())
        .containsExactly(
            "imp-seed1 cycle 00 cycle 01",
            "imp-seed1 cycle 01 cycle 02",
            "swamp-seed1 cycle 00 cycle 01",
            "swamp-seed1 cycle 01 cycle 02");
    assertThat(named(barriers, "method-barriers"))
        .extracting(row -> row.getFirst() + " " + row.getSecond() + " " + row.getCycle())
        .containsExactly(
            "imp-seed1 swamp-seed1 0", "imp-seed1 swamp-seed1 1", "imp-seed1 swamp-seed1 2");
  }

  /** LeNet has no BatchNorm, so nothing of a particle changes before it is measured again. */
  @Test
  void linesEndWhereTheirNetworksAreAndBarriersFollowFromThem() {
    List<CycleRow> cycles = rows(CycleRow.class, "metrics/cycles");
    List<PathRow> paths = rows(PathRow.class, "metrics/paths");
    for (BarrierRow barrier : rows(BarrierRow.class, "metrics/barriers")) {
      List<PathRow> line = paths.stream().filter(point -> isOn(point, barrier)).toList();
      assertThat(line).extracting(PathRow::getShare).containsExactly(-0.5, 0.0, 0.5, 1.0, 1.5);
      double first = line.get(1).getLoss();
      double middle = line.get(2).getLoss();
      double last = line.get(3).getLoss();
      double top = Math.max(first, Math.max(middle, last));
      assertThat(barrier.getPoints()).isEqualTo(3);
      assertThat(barrier.getLossBarrier()).isEqualTo(top - Math.max(first, last));
      assertThat(barrier.getLossBarrierOverMean())
          .isCloseTo(top - (first + last) / 2, within(1e-12));
      if (barrier.getMeasure().equals("particle-barriers")) {
        assertThat(first).isEqualTo(particle(cycles, barrier, barrier.getFirst()));
        assertThat(last).isEqualTo(particle(cycles, barrier, barrier.getSecond()));
      }
      if (barrier.getMeasure().equals("ticket-barriers")) {
        assertThat(last).isEqualTo(loss(cycles, barrier, "merged", Optional.empty()));
      }
    }
  }

  private static boolean isOn(PathRow point, BarrierRow line) {
    return List.of(point.getRun(), point.getCycle(), point.getMeasure(), point.getFirst())
            .equals(List.of(line.getRun(), line.getCycle(), line.getMeasure(), line.getFirst()))
        && point.getSecond().equals(line.getSecond());
  }

  private static double particle(List<CycleRow> cycles, BarrierRow of, String name) {
    return loss(
        cycles, of, "particle", Optional.of(Integer.valueOf(name.replace("particle ", ""))));
  }

  private static double loss(
      List<CycleRow> cycles, BarrierRow of, String subject, Optional<Integer> part) {
    return cycles.stream()
        .filter(row -> row.getRun().equals(of.getRun()) && row.getCycle() == of.getCycle())
        .filter(row -> row.getSubject().equals(subject) && row.getSplit().equals("test"))
        .filter(row -> part.isEmpty() || part.get().equals(row.getParticle()))
        .findFirst()
        .orElseThrow()
        .getLoss();
  }

  /**
   * Of 7 rows, a quarter beyond the triangle, the second lies on the line through the first two
   * networks; so do the second column on the first one and the sixth on the second one, unless the
   * third lies farther to a side.
   */
  @Test
  void planesGoThroughTheirNetworks() {
    List<PlaneRow> planes = rows(PlaneRow.class, "metrics/planes");
    assertThat(planes)
        .hasSize(49 * (2 + CYCLES))
        .extracting(row -> row.getRun() + " " + row.getMeasure() + " " + row.getThird())
        .containsOnly(
            "imp-seed1 cycle-planes cycle 02",
            "swamp-seed1 cycle-planes cycle 02",
            "swamp-seed1 particle-planes particle 2");
    List<CycleRow> cycles = rows(CycleRow.class, "metrics/cycles");
    List<BarrierRow> barriers =
        named(rows(BarrierRow.class, "metrics/barriers"), "particle-barriers");
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      int of = cycle;
      List<PlaneRow> grid =
          planes.stream()
              .filter(row -> row.getMeasure().equals("particle-planes") && row.getCycle() == of)
              .toList();
      BarrierRow side =
          barriers.stream().filter(row -> row.getCycle() == of).findFirst().orElseThrow();
      assertThat(grid.get(0).getSecondX()).isCloseTo(side.getDistance(), within(1e-9));
      assertThat(grid.get(0).getThirdX()).isBetween(0.0, grid.get(0).getSecondX());
      assertThat(grid.get(8).getX()).isCloseTo(0, within(1e-9));
      assertThat(grid.get(8).getY()).isCloseTo(0, within(1e-9));
      assertThat(grid.get(8).getLoss())
          .isCloseTo(particle(cycles, side, side.getFirst()), within(1e-5));
      assertThat(grid.get(12).getLoss())
          .isCloseTo(particle(cycles, side, side.getSecond()), within(1e-5));
    }
  }

  /**
   * A name given twice counts once; the mildest corruption of a run's own images hardly matters.
   */
  @Test
  void corruptionsAreOfSolutionsAndOfAParticleOfSeveral() {
    List<CorruptionRow> all = rows(CorruptionRow.class, "metrics/corruptions");
    assertThat(all).hasSize(2 * 2 * 3 * CYCLES);
    assertThat(all)
        .extracting(row -> row.getRun() + " " + row.getSubject())
        .containsOnly("imp-seed1 solution", "swamp-seed1 solution", "swamp-seed1 particle 0");
    assertThat(all)
        .extracting(row -> row.getCorruption() + " " + row.getFamily() + " " + row.getSource())
        .containsOnly("brightness digital generated", "rotation geometric generated");
    List<CycleRow> cycles = rows(CycleRow.class, "metrics/cycles");
    for (CorruptionRow row : all) {
      CycleRow clean =
          cycles.stream()
              .filter(cycle -> cycle.getRun().equals(row.getRun()))
              .filter(cycle -> cycle.getCycle() == row.getCycle())
              .filter(cycle -> cycle.getSubject().equals("merged"))
              .filter(cycle -> cycle.getSplit().equals("test"))
              .findFirst()
              .orElseThrow();
      assertThat(row.getDensity()).isEqualTo(clean.getDensity());
      assertThat(row.getLoss()).isNotEqualTo(clean.getLoss());
    }
  }

  /** The kept weights of the first layer, counted by pixel and by layer. */
  @Test
  void pixelsAreOfTheLastCycle() {
    List<PixelRow> pixels = rows(PixelRow.class, "metrics/pixels");
    assertThat(pixels).hasSize(2 * 28 * 28).allMatch(row -> row.getCycle() == CYCLES - 1);
    for (LayerRow layer : rows(LayerRow.class, "metrics/layers")) {
      if (layer.getTensor().equals("fc1.weight") && layer.getCycle() == CYCLES - 1) {
        assertThat(
                pixels.stream()
                    .filter(row -> row.getRun().equals(layer.getRun()))
                    .mapToLong(PixelRow::getKept)
                    .sum())
            .isEqualTo(layer.getKept());
      }
    }
  }

  /** A mask is a subset of the one before, and particles share theirs. */
  @Test
  void masksAndSigns() {
    List<AgreementRow> all = rows(AgreementRow.class, "metrics/agreements");
    List<LayerRow> layers = rows(LayerRow.class, "metrics/layers");
    assertThat(all)
        .extracting(AgreementRow::getMeasure)
        .containsOnly("particle-signs", "ticket-signs", "cycle-masks", "method-masks");
    for (AgreementRow row : all) {
      LayerRow layer =
          layers.stream()
              .filter(each -> each.getRun().equals(row.getRun()))
              .filter(each -> each.getCycle() == row.getCycle())
              .filter(each -> each.getTensor().equals(row.getTensor()))
              .findFirst()
              .orElseThrow();
      assertThat(row.getFirstKept()).isEqualTo(layer.getKept());
      assertThat(row.getSignFlips()).isBetween(0.0, 1.0);
      if (row.getMeasure().endsWith("signs")) {
        assertThat(row.getAgreement()).isEqualTo(1);
      }
      if (row.getMeasure().equals("cycle-masks")) {
        assertThat(row.getBothKept()).isEqualTo(row.getSecondKept());
        assertThat(row.getAgreement())
            .isCloseTo(row.getSecondKept() / (double) row.getFirstKept(), within(1e-12));
      }
    }
    for (UnitRow row : rows(UnitRow.class, "metrics/units")) {
      assertThat(row.getDenseBytes()).isEqualTo(4L * row.getUnits() * row.getInputs());
      assertThat(row.getDenseFlops()).isEqualTo(2L * row.getUnits() * row.getInputs());
      assertThat(row.getSparseFlops()).isLessThanOrEqualTo(row.getDenseFlops());
    }
  }

  @Test
  void hullsAndPairsAreOfTheParticles() {
    List<HullRow> hulls = rows(HullRow.class, "metrics/hulls");
    assertThat(hulls).hasSize(4 * CYCLES).allMatch(row -> row.getRun().equals("swamp-seed1"));
    for (HullRow point : hulls) {
      assertThat(point.getShares()).hasSize(3).allMatch(share -> share >= 0);
      assertThat(point.getShares().stream().mapToDouble(s -> s).sum()).isCloseTo(1, within(1e-12));
    }
    List<BarrierRow> lines = named(rows(BarrierRow.class, "metrics/barriers"), "particle-barriers");
    List<PairRow> pairs = rows(PairRow.class, "metrics/pairs");
    assertThat(pairs)
        .extracting(PairRow::getDistance)
        .hasSameElementsAs(lines.stream().map(BarrierRow::getDistance).toList());
    assertThat(pairs)
        .allMatch(pair -> pair.getDisagreement() >= 0 && pair.getDisagreement() <= 1)
        .allMatch(pair -> pair.getCosine() > 0 && pair.getCosine() < 1);
  }

  @Test
  void curvaturesAreOfSolutionsAndOfOneParticleOfSeveral() {
    assertThat(rows(CurvatureRow.class, "metrics/curvatures"))
        .allMatch(row -> row.getImages() == 20 && row.getProbes() == 3)
        .allMatch(row -> row.getIterations() <= 4 && row.getTraceError() > 0)
        .extracting(row -> row.getRun() + " " + row.getCycle() + " " + row.getSubject())
        .containsExactly(
            "imp-seed1 0 solution",
            "imp-seed1 1 solution",
            "imp-seed1 2 solution",
            "swamp-seed1 0 particle 0",
            "swamp-seed1 0 solution",
            "swamp-seed1 1 particle 0",
            "swamp-seed1 1 solution",
            "swamp-seed1 2 particle 0",
            "swamp-seed1 2 solution");
  }

  /** Temperature 1 gives the likelihoods of the cycles' own table. */
  @Test
  void calibrationsAreOfSolutionsAndOfAParticleAndTheEnsembleOfSeveral() {
    List<CalibrationRow> all = rows(CalibrationRow.class, "metrics/calibrations");
    assertThat(all).hasSize(4 * CYCLES).allMatch(row -> row.getTemperature() > 0);
    List<CycleRow> cycles = rows(CycleRow.class, "metrics/cycles");
    for (CalibrationRow row : all) {
      String subject = row.getSubject().replace("solution", "merged").replace(" 0", "");
      CycleRow measured =
          cycles.stream()
              .filter(cycle -> cycle.getRun().equals(row.getRun()))
              .filter(cycle -> cycle.getCycle() == row.getCycle())
              .filter(cycle -> cycle.getSplit().equals("test"))
              .filter(cycle -> cycle.getSubject().equals(subject))
              .findFirst()
              .orElseThrow();
      assertThat(row.getNll()).isCloseTo(measured.getNll(), within(1e-9));
      assertThat(row.getEce()).isCloseTo(measured.getEce(), within(1e-9));
    }
    List<ReliabilityRow> bins = rows(ReliabilityRow.class, "metrics/reliabilities");
    assertThat(bins.stream().mapToLong(ReliabilityRow::getImages).sum())
        .isEqualTo(60L * all.size());
  }

  private static List<BarrierRow> named(List<BarrierRow> rows, String measure) {
    return rows.stream().filter(row -> row.getMeasure().equals(measure)).toList();
  }

  private static <R extends SpecificRecord> List<R> rows(Class<R> type, String table) {
    try {
      return TableReader.readFolder(type, folder.resolve(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
