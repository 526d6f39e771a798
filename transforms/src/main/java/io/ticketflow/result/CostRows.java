package io.ticketflow.result;

import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.Effort;
import io.ticketflow.work.Done;
import io.ticketflow.work.Specs;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The table rows that tell what a cycle's actions took, and what the cycle asked for. */
public record CostRows(RunRecord run, int cycle) {
  /**
   * What the cycle's trainings asked for.
   *
   * @param images of the train split
   */
  public MetricRow budget(MergedRecord merged, long images) {
    RunSpec spec = Specs.of(run);
    ParticleTrainings trainings = new ParticleTrainings(spec);
    int trained = spec.particlesIn(cycle) - merged.getSaved();
    int rewind = cycle == spec.firstCycle() ? spec.training().rewindEpochs() : 0;
    long epochs = rewind;
    for (int particle = 0; particle < trained; particle++) {
      epochs += trainings.of(cycle, particle).epochs();
    }
    return metric(
        BudgetRow.newBuilder(identity().on(new BudgetRow()))
            .setTrainings(trained + (rewind > 0 ? 1 : 0))
            .setSaved(merged.getSaved())
            .setEpochs(epochs)
            .setImagePasses(epochs * spec.training().optimiser().passes() * images)
            .build());
  }

  /** What a search cost. */
  public MetricRow search(String kind, Done<SoupResult> done) {
    SoupResult result = done.result();
    return metric(
        cost(null, kind, result.getAction(), done, result.getSeconds())
            .setDevice(result.getDevice())
            .build());
  }

  /** What a training cost; the particle is null if it is about none. */
  public MetricRow training(@Nullable Integer particle, Done<TrainingResult> done) {
    TrainingResult training = done.result();
    double seconds = training.getSeconds();
    return metric(
        cost(particle, "train", training.getAction(), done, seconds)
            .setEpochs(training.getEpochs().size())
            .setImages(training.getImages())
            .setImagesPerSecond(rate(training.getImages(), seconds))
            .setDevice(training.getDevice())
            .setProcessor(training.getProcessor())
            .setEngine(engine())
            .build());
  }

  /** What an evaluation cost; the particle is null for a merged network. */
  public MetricRow evaluation(@Nullable Integer particle, Done<EvaluationResult> done) {
    EvaluationResult result = done.result();
    long images = result.getSplits().stream().mapToLong(SplitScores::getImages).sum();
    return metric(
        cost(particle, "evaluate", result.getAction(), done, result.getSeconds())
            .setImages(images)
            .setImagesPerSecond(rate(images, result.getSeconds()))
            .setDevice(result.getDevice())
            .setEngine(engine())
            .build());
  }

  /**
   * What a measure cost.
   *
   * @param images that passed through a network
   */
  public MetricRow measure(String action, Done<?> done, long images, double seconds, String on) {
    return metric(
        cost(null, "measure", action, done, seconds)
            .setImages(images)
            .setImagesPerSecond(rate(images, seconds))
            .setDevice(on)
            .setEngine(engine())
            .build());
  }

  /** What any other action cost. */
  public MetricRow cost(String kind, Done<ArtifactResult> done) {
    ArtifactResult result = done.result();
    return metric(cost(null, kind, result.getAction(), done, result.getSeconds()).build());
  }

  /**
   * A run's rows, where only the first that tells of a piece of work says that it was made: steps
   * that ask for one action for one purpose, such as the last round of a cycle and its measuring,
   * each have a row.
   */
  public static List<SpecificRecord> countedOnce(List<SpecificRecord> rows) {
    Set<List<Object>> made = new HashSet<>();
    return rows.stream()
        .map(
            row ->
                row instanceof CostRow cost && !cost.getCached() && !made.add(work(cost))
                    ? CostRow.newBuilder(cost).setCached(true).build()
                    : row)
        .toList();
  }

  private static List<Object> work(CostRow cost) {
    return Arrays.asList(cost.getKind(), cost.getAction(), cost.getCycle(), cost.getParticle());
  }

  private CostRow.Builder cost(
      @Nullable Integer particle, String kind, String action, Done<?> done, double seconds) {
    Optional<Effort> effort = done.effort();
    return CostRow.newBuilder(identity().on(new CostRow()))
        .setParticle(particle)
        .setKind(kind)
        .setAction(action)
        .setCached(done.found())
        .setBegun(effort.map(each -> Instant.ofEpochMilli(each.begun())).orElse(null))
        .setWorker(effort.map(Effort::worker).orElse(null))
        .setTries(effort.map(Effort::tries).orElse(null))
        .setEpochs(0)
        .setImages(0)
        .setSeconds(seconds)
        .setImagesPerSecond(0)
        .setDevice("");
  }

  private static double rate(long images, double seconds) {
    return seconds > 0 ? images / seconds : 0;
  }

  private String engine() {
    return Specs.of(run).training().engine().name().toLowerCase(Locale.ROOT);
  }

  private RunIdentity identity() {
    return new RunIdentity(run, cycle);
  }

  private MetricRow metric(SpecificRecord row) {
    return new MetricRow(run.getRun(), row);
  }
}
