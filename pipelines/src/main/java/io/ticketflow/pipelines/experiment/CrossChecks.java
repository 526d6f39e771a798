package io.ticketflow.pipelines.experiment;

import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SpecException;
import io.ticketflow.spec.TrainingSpec;

/** What keys must agree on, and what can be said of data and model before either is read. */
final class CrossChecks {
  private CrossChecks() {}

  static void check(RunSpec run) {
    checkData(run.data());
    if (run.data().validation() == 0 && run.training().validateEvery() > 0) {
      throw new SpecException(
          "training.validateEvery must be 0 when data.validation is 0, as there is no validation"
              + " split, got "
              + run.training().validateEvery());
    }
    checkSchedule(run.training());
    checkModel(run);
    MethodChecks.check(run);
  }

  private static void checkData(DataSpec data) {
    int side = ImageShape.of(data).side();
    if (data.crop() >= side) {
      throw new SpecException(
          "data.crop must be below the images' side (" + side + "), got " + data.crop());
    }
    if (!data.name().equals("glyphs") && data.dir().isBlank()) {
      throw new SpecException(
          "data.dir must be the folder that holds the files of " + data.name() + ", got nothing");
    }
  }

  private static void checkSchedule(TrainingSpec training) {
    // Milestones past the last epoch are let be: an experiment is shortened by its epochs alone.
    if (training.schedule().name() == ScheduleSpec.Name.MULTI_STEP
        && training.schedule().milestones().isEmpty()) {
      throw new SpecException(
          "training.schedule.milestones must be at least one epoch for multi-step, got nothing");
    }
  }

  /** Declaring a network takes no data, and tells whether there is one and whether it fits. */
  private static void checkModel(RunSpec run) {
    ImageShape shape = ImageShape.of(run.data());
    ModelGraph graph =
        ModelZoo.build(run.model(), shape.channels(), shape.side(), shape.side(), shape.classes());
    checkBatch(run, graph, "training.batchSize", run.training().batchSize());
    checkBatch(
        run, graph, "evaluation.recalibrationBatchSize", run.evaluation().recalibrationBatchSize());
    if (run.pruning().criterion().readsImages()) {
      checkBatch(run, graph, "pruning.saliency.batchSize", run.pruning().saliency().batchSize());
    }
  }

  private static void checkBatch(RunSpec run, ModelGraph graph, String key, int size) {
    if (size < graph.smallestBatch()) {
      throw new SpecException(
          key
              + " must be at least "
              + graph.smallestBatch()
              + " for "
              + run.model().name()
              + " on images of "
              + graph.height()
              + "×"
              + graph.width()
              + ": its BatchNorm sees a single value of each channel in an image, and one value has"
              + " no variance; got "
              + size);
    }
  }

  /** What a data set's name tells of its images; a folder's classes are counted later. */
  private record ImageShape(int channels, int side, int classes) {
    static ImageShape of(DataSpec data) {
      return switch (data.name()) {
        case "glyphs" -> new ImageShape(data.channels(), data.channels() == 1 ? 28 : 32, 10);
        case "mnist", "fashion-mnist" -> new ImageShape(1, 28, 10);
        case "cifar10" -> new ImageShape(3, 32, 10);
        case "cifar100" -> new ImageShape(3, 32, 100);
        case "folder" -> new ImageShape(data.channels(), data.size(), 10);
        default ->
            throw new SpecException(
                "data.name must be glyphs, mnist, fashion-mnist, cifar10, cifar100 or folder, got "
                    + data.name());
      };
    }
  }
}
