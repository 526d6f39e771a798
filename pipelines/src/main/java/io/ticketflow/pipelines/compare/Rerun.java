package io.ticketflow.pipelines.compare;

import io.ticketflow.action.ParticleAction;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.experiment.RunRecords;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.Location;
import io.ticketflow.store.References;
import io.ticketflow.store.tables.Tables;
import io.ticketflow.work.Action;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One particle of an output, trained again from its stored ticket.
 *
 * @param same whether weights, mask and curve came out bit by bit as they are stored
 * @param curve where the training curves part; empty if they do not
 * @param tensor the one with the largest difference; empty if none differs. Of both, "here" is the
 *     new training and "there" the stored one
 * @param before what the stored one was trained with
 * @param now what the new one was trained with
 * @param epochs that were trained
 */
public record Rerun(
    boolean same,
    Optional<CurveDifference> curve,
    Optional<TensorDifference> tensor,
    Platform before,
    Platform now,
    int epochs,
    double seconds) {
  /** No checkpoints: the training either ends or is done anew. */
  private static final CheckpointPolicy NONE = new CheckpointPolicy(0, 0);

  /** Which particle. */
  public record Subject(String run, int cycle, int particle) {
    String text() {
      return String.format(Locale.ROOT, "particle %d in cycle %d of run %s", particle, cycle, run);
    }
  }

  /**
   * Trains it in a folder that holds the ticket's artifacts and nothing else, so that no stored
   * result can stand in for the training. The output is only read.
   *
   * @param empty a folder for the training; who made it removes it
   * @throws UserException if the output has no such particle, or the training fails
   */
  public static Rerun of(Location output, Subject subject, DevicePolicy devices, Path empty)
      throws IOException {
    StoredExperiment experiment = StoredExperiment.of(output);
    PlannedRun planned = experiment.run(subject.run());
    RunRecord run = RunRecords.of(List.of(planned)).get(0);
    TicketRecord ticket = ticket(output, subject);
    int particles = planned.spec().particlesIn(subject.cycle());
    if (subject.particle() < 0 || subject.particle() >= particles) {
      throw UserException.of(
          "%s has no %s: the last is particle %d", output, subject.text(), particles - 1);
    }
    Workplace place = new Workplace(empty.toString(), devices, NONE);
    Action<TrainingResult> action =
        ParticleAction.of(place, planned.spec(), ticket, subject.particle());
    List<CostRow> costs = Tables.COSTS.read(output);
    TrainingResult stored = stored(output, subject, action.key(), costs);
    for (ArtifactRef needed : References.of(ticket)) {
      copy(output.blobs(), place.blobs(), needed);
    }
    Purpose purpose = new Purpose(run, subject.cycle(), subject.particle());
    TrainingResult made = new Worker(place).perform(action, purpose).result();
    if (made.getFailure() != null) {
      throw UserException.of("%s failed: %s", subject.text(), made.getFailure());
    }
    Rows rows = Rows.of(run, ticket);
    Optional<CurveDifference> curve =
        CurveDifference.first(
            curve(rows, subject.particle(), made), curve(rows, subject.particle(), stored));
    List<TensorDifference> tensors = tensors(place, made, output, stored);
    List<CostRow> own =
        costs.stream().filter(row -> row.getAction().equals(stored.getAction())).toList();
    return new Rerun(
        curve.isEmpty() && tensors.isEmpty(),
        curve,
        tensors.stream().max(Comparator.comparingDouble(TensorDifference::distance)),
        Platform.of(experiment.versions(), own),
        Platform.here(TorchEngine.version(), devices.gpu() ? Device.gpu(0) : Device.cpu()),
        made.getEpochs().size(),
        made.getSeconds());
  }

  private static TicketRecord ticket(Location output, Subject subject) throws IOException {
    String path = Tickets.ticketPath(subject.run(), subject.cycle());
    try {
      return OutputReading.record(output, path, TicketRecord.class);
    } catch (NoSuchFileException e) {
      throw UserException.of(
          "%s has no cycle %d of run %s: there is no %s",
          output, subject.cycle(), subject.run(), path);
    } catch (IncomparableException e) {
      throw new UserException(e.getMessage());
    }
  }

  /** By the key that it has here, or by the one that it had where it was trained. */
  private static TrainingResult stored(
      Location output, Subject subject, String key, List<CostRow> costs) {
    Workplace there = new Workplace(output.absolute());
    Stream<String> keys =
        costs.stream()
            .filter(row -> row.getKind().equals("train") && row.getRun().equals(subject.run()))
            .filter(row -> row.getCycle() == subject.cycle())
            .filter(row -> Integer.valueOf(subject.particle()).equals(row.getParticle()))
            .map(CostRow::getAction);
    return Stream.concat(Stream.of(key), keys)
        .flatMap(each -> there.actions().find(each, TrainingResult.class).stream())
        .filter(result -> result.getWeights() != null)
        .findFirst()
        .orElseThrow(() -> UserException.of("%s holds no result of %s", output, subject.text()));
  }

  private static void copy(BlobStore from, BlobStore to, ArtifactRef artifact) throws IOException {
    try (InputStream in = from.open(artifact.getPath())) {
      to.write(artifact.getPath(), in::transferTo);
    }
  }

  private static List<EpochRow> curve(Rows rows, int particle, TrainingResult result) {
    return rows.curve(particle, result).stream().map(row -> (EpochRow) row.getRow()).toList();
  }

  /** Of the weights, whose artifact has the mask too, and of the dense weights behind them. */
  private static List<TensorDifference> tensors(
      Workplace here, TrainingResult made, Location output, TrainingResult stored) {
    ArtifactStore there = new ArtifactStore(output.blobs());
    List<TensorDifference> all = new ArrayList<>();
    try {
      all.addAll(
          TensorDifference.between(
              here.artifacts(), made.getWeights(), there, now(there, stored.getWeights())));
      if (made.getLatent() != null && stored.getLatent() != null) {
        all.addAll(
            TensorDifference.between(
                here.artifacts(), made.getLatent(), there, now(there, stored.getLatent())));
      }
    } catch (DamagedArtifactException e) {
      throw new UserException(output + ": " + e.getMessage());
    }
    return all;
  }

  /** What its file holds, though it may have been changed. */
  private static ArtifactRef now(ArtifactStore store, ArtifactRef named) {
    return store.content(named.getPath());
  }
}
