package io.ticketflow.store;

import io.ticketflow.schemas.AgreementResult;
import io.ticketflow.schemas.AgreementRow;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.AttemptRecord;
import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.schemas.BegunRecord;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CalibrationResult;
import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.schemas.CheckpointRecord;
import io.ticketflow.schemas.CheckpointState;
import io.ticketflow.schemas.CorruptionResult;
import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.DiversityResult;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.FirstLayerResult;
import io.ticketflow.schemas.HessianPartResult;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.PairRecord;
import io.ticketflow.schemas.PairRow;
import io.ticketflow.schemas.PathRow;
import io.ticketflow.schemas.PixelCount;
import io.ticketflow.schemas.PixelRow;
import io.ticketflow.schemas.PlaneResult;
import io.ticketflow.schemas.PlaneRow;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.ReliabilityBin;
import io.ticketflow.schemas.ReliabilityRow;
import io.ticketflow.schemas.ScanResult;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.schemas.TensorAgreement;
import io.ticketflow.schemas.TensorRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TensorUnits;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.schemas.TrialRecord;
import io.ticketflow.schemas.UnitRow;
import io.ticketflow.schemas.UnitsResult;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the files of {@code golden/} hold, by hand: each value is told apart from its neighbours.
 */
final class GoldenRecords {
  private static final String KEY = "0123456789abcdef".repeat(4);
  private static final ArtifactRef A = artifact("a", 101);
  private static final ArtifactRef B = artifact("b", 202);
  private static final List<LayerCount> LAYERS =
      List.of(new LayerCount("conv1.weight", 3L, 9L), new LayerCount("fc.weight", 4L, 11L));
  private static final EpochPoint FIRST = new EpochPoint(1, 0.1, 2.25, 0.125, null, null);
  private static final EpochPoint SECOND = new EpochPoint(2, 0.05, 1.75, 0.25, 1.5, 0.375);
  private static final List<TrialRecord> TRIALS =
      List.of(new TrialRecord(1, 0.5, 0.75, true), new TrialRecord(0, 0.25, 0.625, false));

  private GoldenRecords() {}

  /**
   * Records of containers whose bytes nothing seals: they are named by their content, or by hand.
   */
  static List<SpecificRecord> plain() {
    return List.of(
        new TensorRecord(
            "conv1.weight",
            TensorRole.PRUNABLE,
            List.of(3L, 1L),
            0L,
            3,
            ByteBuffer.wrap(new byte[] {0b101}),
            ByteBuffer.wrap(new byte[] {0, 0, -128, 63, 0, 0, 0, -64})), // 1 and -2
        new TicketRecord("r", "imp", "a=1", 7L, 2, 0.35, 7L, 20L, LAYERS, A, B, List.of()),
        new SolutionRecord("r", "imp", "a=1", 7L, 2, 0.35, 7L, 20L, A, List.of(B, A)),
        new PoolRecord("r", "imp", "", 7L, 2, "lottery", 0.35, 7L, 20L, A, TRIALS));
  }

  /** Records of sealed files. */
  static List<SpecificRecord> sealed() {
    return List.of(
        new ScanResult(
            KEY,
            List.of(new SplitScores("test", 100L, 1.25, 0.5, 1.125, 0.0625, 0.75, 0.25)),
            4.5,
            0.5,
            "cpu"),
        new DiversityResult(
            KEY, 100L, List.of(new PairRecord(0, 1, 5L, 2L, 3L, 4L, 4.5, 0.75)), 0.5, "cpu"),
        new HessianPartResult(KEY, 1000, List.of(12.5, -1.0), 1.5, 0.125, 20, 168000L, 0.5, "cpu"),
        new PlaneResult(
            KEY,
            2.0,
            0.5,
            1.5,
            -0.375,
            List.of(-0.5),
            List.of(new SplitScores("test", 100L, 1.25, 0.5, 1.125, 0.0625, 0.75, 0.25)),
            0.5,
            "cpu"),
        new AgreementResult(
            KEY,
            List.of(new TensorAgreement(2, "fc2.weight", 100L, 60L, 50L, 40L, 3L)),
            0.5,
            "cpu"),
        new FirstLayerResult(
            KEY, "fc1.weight", 300, List.of(new PixelCount(0, 14, 13, 120)), 0.5, "cpu"),
        new CorruptionResult(
            KEY,
            List.of(new SplitScores("test", 100L, 1.25, 0.5, 1.125, 0.0625, 0.75, 0.25)),
            0.5,
            "cpu"),
        new UnitsResult(
            KEY,
            List.of(new TensorUnits(2, "fc2.weight", 10, 1, 10, 2, 200L, 120L, 400L, 253L)),
            0.5,
            "cpu"),
        new CalibrationResult(
            KEY,
            200L,
            1.25,
            0.5,
            0.375,
            0.0625,
            0.03125,
            List.of(new ReliabilityBin(14, 100L, 0.9375, 0.875)),
            0.5,
            "cpu"),
        new TrainingResult(
            KEY, A, B, LAYERS, null, List.of(FIRST, SECOND), null, 480L, 1.5, "cpu", null, null),
        new EvaluationResult(
            KEY,
            List.of(new SplitScores("test", 40L, 1.25, 0.5, 1.125, 0.0625, 0.75, 0.25)),
            0.5,
            "cpu"),
        new ArtifactResult(KEY, A, LAYERS, 0.25),
        new SoupResult(KEY, A, 0.5, 0.625, TRIALS, LAYERS, 0.75, "gpu:1"),
        new CheckpointRecord(
            KEY,
            List.of(FIRST, SECOND),
            List.of(new CheckpointState(2, B), new CheckpointState(1, A))),
        new AttemptRecord(KEY, "the loss is not finite"),
        new BegunRecord(KEY, 3));
  }

  /** Rows of tables. */
  static List<SpecificRecord> rows() {
    return List.of(
        new CycleRow(
            "r",
            "imp",
            "a=1",
            "glyphs",
            "mlp",
            7L,
            2,
            0.35,
            7L,
            20L,
            "particle",
            1,
            "validation",
            1.25,
            0.5,
            1.125,
            0.0625,
            0.75,
            0.25,
            4,
            0.625),
        new EpochRow(
            "r", "imp", "", "glyphs", "mlp", 7L, 0, -1, 1.0, 3, 0.05, 1.75, 0.25, null, 0.375),
        new LayerRow("r", "imp", "", "glyphs", "mlp", 7L, 2, 1, "fc.weight", 4L, 16L, 0.25),
        new FailureRecord("r", "imp", "", 7L, 2, 1, "cycle 2, particle 1: the loss is NaN"),
        new SearchRow("r", "imp", "", 7L, 2, "soup", 1, 3, 0.5, 0.75, true),
        new BudgetRow("r", "imp", "", 7L, 2, 5, 1, 60L, 7200L),
        new BarrierRow(
            "r",
            "imp",
            "",
            7L,
            2,
            0.35,
            "cycle-barriers",
            "cycle 02",
            "cycle 03",
            "test",
            30,
            4.5,
            0.125,
            0.25,
            0.5,
            0.0625,
            0.03125),
        new PathRow(
            "r",
            "imp",
            "",
            7L,
            2,
            0.35,
            "cycle-barriers",
            "cycle 02",
            "cycle 03",
            0.5,
            "test",
            1.25,
            0.5),
        new HullRow("r", "imp", "", 7L, 2, 0.35, 3, List.of(0.25, 0.75), "test", 1.25, 0.5),
        new PlaneRow(
            "r",
            "imp",
            "",
            7L,
            2,
            0.35,
            "cycle-planes",
            "cycle 00",
            "cycle 02",
            "cycle 04",
            2.0,
            0.5,
            1.5,
            -0.5,
            -0.375,
            "test",
            1.25,
            0.5),
        new AgreementRow(
            "r",
            "imp",
            "",
            7L,
            2,
            0.35,
            "cycle-masks",
            "cycle 00",
            "cycle 02",
            2,
            "fc2.weight",
            100L,
            60L,
            50L,
            40L,
            0.5,
            0.125),
        new PixelRow("r", "imp", "", 7L, 2, 0.35, "fc1.weight", 0, 14, 13, 120, 300),
        new CorruptionRow(
            "r",
            "imp",
            "",
            7L,
            2,
            0.35,
            "solution",
            "motion-blur",
            "blur",
            4,
            "generated",
            1.25,
            0.5,
            1.125,
            0.0625),
        new UnitRow(
            "r", "imp", "", 7L, 2, 0.35, 2, "fc2.weight", 10, 1, 10, 2, 200L, 120L, 400L, 253L),
        new PairRow("r", "imp", "", 7L, 2, 0.35, 0, 1, 4.5, 0.75, "test", 0.125, 0.25),
        new CurvatureRow(
            "r", "imp", "", 7L, 2, 0.35, "solution", 1000, 12.5, 0.25, 64, 1.5, 0.125, 20),
        new CalibrationRow(
            "r", "imp", "", 7L, 2, 0.35, "ensemble", 1.25, 0.5, 0.375, 0.0625, 0.03125),
        new ReliabilityRow("r", "imp", "", 7L, 2, 0.35, "ensemble", 14, 100L, 0.9375, 0.875),
        new CostRow(
            "r", "imp", "", 7L, 2, null, "prune", KEY, false, 1L, 120L, 0.5, 240.0, "cpu", null,
            null, null, null, null));
  }

  private static ArtifactRef artifact(String digit, long bytes) {
    String digest = digit.repeat(64);
    return ArtifactRefs.unchecked(
        "artifacts/" + digit.repeat(2) + "/" + digest + ".avro", digest, bytes);
  }
}
