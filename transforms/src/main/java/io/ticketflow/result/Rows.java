package io.ticketflow.result;

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
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The table rows that tell what was measured of one network.
 *
 * @param run that it belongs to
 * @param density kept / total
 * @param kept entries of its prunable tensors
 * @param total entries that these have
 */
public record Rows(RunRecord run, int cycle, double density, long kept, long total) {
  /** Rows about a ticket, or about what became of it. */
  public static Rows of(RunRecord run, TicketRecord ticket) {
    return new Rows(
        run, ticket.getCycle(), ticket.getDensity(), ticket.getKept(), ticket.getTotal());
  }

  /** Rows about a solution. */
  public static Rows of(RunRecord run, SolutionRecord solution) {
    return new Rows(
        run, solution.getCycle(), solution.getDensity(), solution.getKept(), solution.getTotal());
  }

  /** Rows about the dense training to the matching ticket; its counts are not known yet. */
  public static Rows dense(RunRecord run) {
    return new Rows(run, 0, 1, 0, 0);
  }

  /** What the network's actions cost. */
  public CostRows costs() {
    return new CostRows(run, cycle);
  }

  /** Measures of the merged network, of an ensemble or of a pool, one row a split. */
  public List<MetricRow> scores(String subject, EvaluationResult result) {
    return scores(subject, null, result, Optional.empty());
  }

  /** Measures of a particle, one row a split; validation tells of its best epoch too. */
  public List<MetricRow> particle(int particle, EvaluationResult result, TrainingResult training) {
    return scores(deliver("particle"), particle, result, best(training));
  }

  /** Measures of the cycle's network, one row a split. */
  public List<MetricRow> merged(EvaluationResult result) {
    return run.getEnsemble() == null
        ? scores(deliver("merged"), null, result, Optional.empty())
        : scores("member", run.getMember(), result, Optional.empty());
  }

  /**
   * What is trained on, under a shared mask's next state or by a run's next member, is no result.
   */
  private String deliver(String subject) {
    return Specs.of(run).regime().delivers(cycle) ? subject : "segment";
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
          CycleRow.newBuilder(identity().on(new CycleRow()))
              .setDensity(density)
              .setKept(kept)
              .setTotal(total)
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
  public List<MetricRow> curve(int particle, TrainingResult training) {
    List<MetricRow> rows = new ArrayList<>();
    for (EpochPoint point : training.getEpochs()) {
      rows.add(
          metric(
              EpochRow.newBuilder(identity().on(new EpochRow()))
                  .setParticle(particle)
                  .setDensity(density)
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

  /** Kept entries per prunable tensor. */
  public List<MetricRow> layers(List<LayerCount> layers) {
    List<MetricRow> rows = new ArrayList<>();
    for (int position = 0; position < layers.size(); position++) {
      LayerCount layer = layers.get(position);
      rows.add(
          metric(
              LayerRow.newBuilder(identity().on(new LayerRow()))
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
  public List<MetricRow> searches(String kind, List<TrialRecord> trials) {
    List<MetricRow> rows = new ArrayList<>();
    for (int position = 0; position < trials.size(); position++) {
      TrialRecord trial = trials.get(position);
      rows.add(
          metric(
              SearchRow.newBuilder(identity().on(new SearchRow()))
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

  private RunIdentity identity() {
    return new RunIdentity(run, cycle);
  }

  private MetricRow metric(SpecificRecord row) {
    return new MetricRow(run.getRun(), row);
  }
}
