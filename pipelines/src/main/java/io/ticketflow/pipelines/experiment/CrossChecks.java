package io.ticketflow.pipelines.experiment;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.KnownDatasets;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.network.Exclusions;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.spec.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What keys must agree on, and what can be said of data and model before either is read. */
final class CrossChecks {
  private CrossChecks() {}

  /** The run, with names in place of the words of {@code pruning.exclude}. */
  static RunSpec checked(RunSpec run) {
    checkData(run.data());
    if (run.data().validation() == 0 && run.training().validateEvery() > 0) {
      throw UserException.of(
          "training.validateEvery must be 0 when data.validation is 0, as there is no "
              + "validation split, got %s",
          run.training().validateEvery());
    }
    checkSchedule(run.training());
    ModelGraph graph = checkedModel(run);
    MethodChecks.check(run);
    Map<String, List<Long>> prunable = new LinkedHashMap<>();
    graph.prunable(Exclusions.NONE).forEach(spec -> prunable.put(spec.name(), spec.shape()));
    return run.withExclude(Exclusions.named(run.pruning().exclude(), prunable));
  }

  private static void checkData(DataSpec data) {
    int side = shape(data).height();
    if (data.crop() >= side) {
      throw UserException.of(
          "data.crop must be below the images' side (%s), got %s", side, data.crop());
    }
    if (KnownDatasets.of(data).hasFiles() && data.dir().isBlank()) {
      throw UserException.of(
          "data.dir must be the folder that holds the files of %s, got nothing", data.name());
    }
  }

  private static void checkSchedule(TrainingSpec training) {
    // Milestones past the last epoch are let be: an experiment is shortened by its epochs alone.
    if (training.schedule().name() == ScheduleSpec.Name.MULTI_STEP
        && training.schedule().milestones().isEmpty()) {
      throw new UserException(
          "training.schedule.milestones must be at least one epoch for multi-step, got nothing");
    }
  }

  /** Declaring a network takes no data, and tells whether there is one and whether it fits. */
  private static ModelGraph checkedModel(RunSpec run) {
    Datasets.Shape shape = shape(run.data());
    ModelGraph graph =
        ModelZoo.build(
            run.model(), shape.channels(), shape.height(), shape.width(), shape.classes());
    if (run.model().isScript() && run.tickets().weights() == TicketsSpec.Weights.REINITIALISED) {
      throw UserException.of(
          "tickets.weights must be same for model.torchscript %s: its first weights are the file's,"
              + " and there is no distribution to draw others from",
          run.model().torchscript());
    }
    if (run.model().isScript() && run.training().engine() == EngineName.JAVA) {
      throw UserException.of(
          "training.engine must be torch for model.torchscript %s: engine java does not run"
              + " TorchScript",
          run.model().torchscript());
    }
    checkMasks(run);
    checkBatch(run, graph, "training.batchSize", run.training().batchSize());
    checkBatch(
        run, graph, "evaluation.recalibrationBatchSize", run.evaluation().recalibrationBatchSize());
    int sample = run.pruning().saliency().batchSize();
    if (run.pruning().criterion().readsImages() && sample > 0) {
      checkBatch(run, graph, "pruning.saliency.batchSize", sample);
    }
    return graph;
  }

  private static void checkMasks(RunSpec run) {
    if (!run.model().masks()) {
      return;
    }
    if (!run.regime().takesMasks()) {
      throw new UserException(
          "model.masks must be false for methods that make their first mask themselves: those that"
              + " prune before or within a training, or share one mask");
    }
    if (run.training().rewindEpochs() > 0) {
      throw UserException.of(
          "training.rewindEpochs must be 0 with model.masks, as these epochs train dense, got %s",
          run.training().rewindEpochs());
    }
  }

  private static Datasets.Shape shape(DataSpec data) {
    return KnownDatasets.of(data).shape().apply(data);
  }

  private static void checkBatch(RunSpec run, ModelGraph graph, String key, int size) {
    if (size < graph.smallestBatch()) {
      throw UserException.of(
          "%s must be at least %s for %s on images of %s×%s: its BatchNorm sees a single "
              + "value of each channel in an image, and one value has no variance; got %s",
          key, graph.smallestBatch(), run.model().title(), graph.height(), graph.width(), size);
    }
  }
}
