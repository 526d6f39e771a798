package io.ticketflow.beam;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.schemas.TrialRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The table rows that tell what was measured of one ticket. */
final class Rows {
  private final RunRecord run;
  private final TicketRecord ticket;

  Rows(RunRecord run, TicketRecord ticket) {
    this.run = run;
    this.ticket = ticket;
  }

  /** Rows that tell of a solution, whose artifact holds its mask too. */
  static Rows of(RunRecord run, SolutionRecord solution) {
    return new Rows(
        run,
        new TicketRecord(
            solution.getRun(),
            solution.getMethod(),
            solution.getVariant(),
            solution.getSeed(),
            solution.getCycle(),
            solution.getDensity(),
            solution.getKept(),
            solution.getTotal(),
            List.of(),
            solution.getWeights(),
            solution.getWeights()));
  }

  /** What the ticket's actions cost. */
  CostRows costs() {
    return new CostRows(run, ticket);
  }

  /** Measures of the merged network, of an ensemble or of a pool, one row a split. */
  List<MetricRow> scores(String subject, EvaluationResult result) {
    return scores(subject, null, result, Optional.empty());
  }

  /** Measures of a particle, one row a split; validation tells of its best epoch too. */
  List<MetricRow> particle(int particle, EvaluationResult result, TrainingResult training) {
    return scores(deliver("particle"), particle, result, best(training));
  }

  /** Measures of the cycle's network, one row a split. */
  List<MetricRow> merged(EvaluationResult result) {
    return run.getEnsemble() == null
        ? scores(deliver("merged"), null, result, Optional.empty())
        : scores("member", run.getMember(), result, Optional.empty());
  }

  /** What is trained on between two changes of a shared mask is no result. */
  private String deliver(String subject) {
    return Specs.of(run).delivers(ticket.getCycle()) ? subject : "segment";
  }

  private List<MetricRow> scores(
      String subject,
      @Nullable Integer particle,
      EvaluationResult result,
      Optional<EpochPoint> best) {
    List<MetricRow> rows = new ArrayList<>();
    for (SplitScores scores : result.getSplits()) {
      boolean validation = scores.getSplit().equals("validation");
      CycleRow row =
          CycleRow.newBuilder()
              .setRun(run.getRun())
              .setMethod(run.getMethod())
              .setVariant(run.getVariant())
              .setDataset(run.getDataset())
              .setModel(run.getModel())
              .setSeed(run.getSeed())
              .setCycle(ticket.getCycle())
              .setDensity(ticket.getDensity())
              .setKept(ticket.getKept())
              .setTotal(ticket.getTotal())
              .setSubject(subject)
              .setParticle(particle)
              .setSplit(scores.getSplit())
              .setLoss(scores.getLoss())
              .setAccuracy(scores.getAccuracy())
              .setNll(scores.getNll())
              .setEce(scores.getEce())
              .setBrier(scores.getBrier())
              .setWorstClassAccuracy(scores.getWorstClassAccuracy())
              .setBestEpoch(validation ? best.map(EpochPoint::getEpoch).orElse(null) : null)
              .setBestEpochAccuracy(
                  validation ? best.map(EpochPoint::getValidationAccuracy).orElse(null) : null)
              .build();
      rows.add(metric(row));
    }
    return rows;
  }

  /** A training's curve. */
  List<MetricRow> curve(int particle, TrainingResult training) {
    List<MetricRow> rows = new ArrayList<>();
    for (EpochPoint point : training.getEpochs()) {
      rows.add(
          metric(
              EpochRow.newBuilder()
                  .setRun(run.getRun())
                  .setMethod(run.getMethod())
                  .setVariant(run.getVariant())
                  .setDataset(run.getDataset())
                  .setModel(run.getModel())
                  .setSeed(run.getSeed())
                  .setCycle(ticket.getCycle())
                  .setParticle(particle)
                  .setDensity(ticket.getDensity())
                  .setEpoch(point.getEpoch())
                  .setLearningRate(point.getLearningRate())
                  .setTrainLoss(point.getTrainLoss())
                  .setTrainAccuracy(point.getTrainAccuracy())
                  .setValidationLoss(point.getValidationLoss())
                  .setValidationAccuracy(point.getValidationAccuracy())
                  .build()));
    }
    return rows;
  }

  /** Kept entries per tensor of the ticket. */
  List<MetricRow> layers() {
    List<MetricRow> rows = new ArrayList<>();
    for (int position = 0; position < ticket.getLayers().size(); position++) {
      LayerCount layer = ticket.getLayers().get(position);
      rows.add(
          metric(
              LayerRow.newBuilder()
                  .setRun(run.getRun())
                  .setMethod(run.getMethod())
                  .setVariant(run.getVariant())
                  .setDataset(run.getDataset())
                  .setModel(run.getModel())
                  .setSeed(run.getSeed())
                  .setCycle(ticket.getCycle())
                  .setPosition(position)
                  .setTensor(layer.getTensor())
                  .setKept(layer.getKept())
                  .setTotal(layer.getTotal())
                  .setDensity((double) layer.getKept() / layer.getTotal())
                  .build()));
    }
    return rows;
  }

  /**
   * The tries of a search.
   *
   * @param kind soup, lottery or average
   * @param trials in their order, candidates by the numbers that readers know them by
   */
  List<MetricRow> searches(String kind, List<TrialRecord> trials) {
    List<MetricRow> rows = new ArrayList<>();
    for (int position = 0; position < trials.size(); position++) {
      TrialRecord trial = trials.get(position);
      rows.add(
          metric(
              SearchRow.newBuilder()
                  .setRun(run.getRun())
                  .setMethod(run.getMethod())
                  .setVariant(run.getVariant())
                  .setSeed(run.getSeed())
                  .setCycle(ticket.getCycle())
                  .setKind(kind)
                  .setPosition(position)
                  .setCandidate(trial.getCandidate())
                  .setCoefficient(trial.getCoefficient())
                  .setValidationAccuracy(trial.getValidationAccuracy())
                  .setAccepted(trial.getAccepted())
                  .build()));
    }
    return rows;
  }

  /** The epoch with the highest validation accuracy, the earliest of equals. */
  private static Optional<EpochPoint> best(TrainingResult training) {
    return training.getEpochs().stream()
        .filter(point -> point.getValidationAccuracy() != null)
        .max(
            Comparator.comparingDouble((EpochPoint point) -> point.getValidationAccuracy())
                .thenComparing(Comparator.comparingInt(EpochPoint::getEpoch).reversed()));
  }

  private MetricRow metric(SpecificRecord row) {
    return new MetricRow(run.getRun(), row);
  }
}
