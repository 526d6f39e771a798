package io.ticketflow.beam;

import io.ticketflow.action.Done;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The table rows that tell what a ticket's actions took, and what its cycle asked for. */
final class CostRows {
  private final RunRecord run;
  private final TicketRecord ticket;

  CostRows(RunRecord run, TicketRecord ticket) {
    this.run = run;
    this.ticket = ticket;
  }

  /**
   * What the cycle's trainings asked for.
   *
   * @param images of the train split
   */
  MetricRow budget(MergedRecord merged, long images) {
    RunSpec spec = Specs.of(run);
    ParticleTrainings trainings = new ParticleTrainings(spec);
    int cycle = ticket.getCycle();
    int trained = spec.particlesIn(cycle) - merged.getSaved();
    int rewind = cycle == spec.firstCycle() ? spec.training().rewindEpochs() : 0;
    long epochs = rewind;
    for (int particle = 0; particle < trained; particle++) {
      epochs += trainings.of(cycle, particle).epochs();
    }
    return metric(
        BudgetRow.newBuilder()
            .setRun(run.getRun())
            .setMethod(run.getMethod())
            .setVariant(run.getVariant())
            .setSeed(run.getSeed())
            .setCycle(cycle)
            .setTrainings(trained + (rewind > 0 ? 1 : 0))
            .setSaved(merged.getSaved())
            .setEpochs(epochs)
            .setImagePasses(epochs * spec.training().optimiser().passes() * images)
            .build());
  }

  /** What a search cost. */
  MetricRow search(String kind, Done<SoupResult> done) {
    SoupResult result = done.result();
    return metric(
        cost(null, kind, result.getAction(), done.found(), result.getSeconds())
            .setDevice(result.getDevice())
            .build());
  }

  MetricRow training(@Nullable Integer particle, Done<TrainingResult> done) {
    TrainingResult training = done.result();
    double seconds = training.getSeconds();
    return metric(
        cost(particle, "train", training.getAction(), done.found(), seconds)
            .setEpochs(training.getEpochs().size())
            .setImages(training.getImages())
            .setImagesPerSecond(seconds > 0 ? training.getImages() / seconds : 0)
            .setDevice(training.getDevice())
            .build());
  }

  MetricRow evaluation(@Nullable Integer particle, Done<EvaluationResult> done) {
    EvaluationResult result = done.result();
    return metric(
        cost(particle, "evaluate", result.getAction(), done.found(), result.getSeconds())
            .setDevice(result.getDevice())
            .build());
  }

  MetricRow cost(String kind, Done<ArtifactResult> done) {
    ArtifactResult result = done.result();
    return metric(cost(null, kind, result.getAction(), done.found(), result.getSeconds()).build());
  }

  private CostRow.Builder cost(
      @Nullable Integer particle, String kind, String action, boolean found, double seconds) {
    return CostRow.newBuilder()
        .setRun(run.getRun())
        .setMethod(run.getMethod())
        .setVariant(run.getVariant())
        .setSeed(run.getSeed())
        .setCycle(ticket.getCycle())
        .setParticle(particle)
        .setKind(kind)
        .setAction(action)
        .setCached(found)
        .setEpochs(0)
        .setImages(0)
        .setSeconds(seconds)
        .setImagesPerSecond(0)
        .setDevice("");
  }

  private MetricRow metric(SpecificRecord row) {
    return new MetricRow(run.getRun(), row);
  }
}
