package io.ticketflow.runners.gpu;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.settings.Settings;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A short training of a network of the zoo under masks, on colour images that are drawn. */
record ZooTraining(TrainingJob job, DataSplits data) {
  private static final int TEST_IMAGES = 10;

  /**
   * A training whose batch is all images, half of its prunable weights kept at random.
   *
   * @param seed of its first weights, masks and draws
   */
  static ZooTraining of(String model, int images, int steps, double rate, long seed) {
    RunSpec spec = spec(model, images, images, steps, rate, seed);
    DataSplits data = Datasets.load(spec.data());
    Images train = data.train();
    ModelGraph graph =
        ModelZoo.build(
            spec.model(), train.channels(), train.height(), train.width(), train.classes());
    Masks masks = half(graph, seed);
    TrainingJob job =
        new TrainingJob(
            graph,
            ParticleTraining.dense(spec.training(), steps),
            0,
            masks.applyTo(Initialisation.draw(graph, spec.model().initialisation(), seed)),
            masks,
            masks.kept(),
            PruningSpec.Scope.GLOBAL,
            spec.data(),
            new DrawKey(seed, 0, 0));
    return new ZooTraining(job, data);
  }

  /** The run of such a training: SGD with momentum, no augmentation, no measures in between. */
  static RunSpec spec(String model, int images, int batchSize, int epochs, double rate, long seed) {
    String yaml =
        String.format(
            Locale.ROOT,
            "model: {name: %s}%n"
                + "data: {channels: 3, train: %d, test: %d, validation: 0}%n"
                + "training: {epochs: %d, batchSize: %d, validateEvery: 0, swa: {fraction: 0},"
                + " schedule: {learningRate: %s}}%n",
            model,
            images,
            TEST_IMAGES,
            epochs,
            batchSize,
            rate);
    return Settings.parse("doctor --gpu", yaml).over(Settings.defaults()).run(seed);
  }

  /** What a trainer makes of it. */
  TrainedNetwork by(Trainer trainer) {
    return trainer.train(job, data, (point, rate) -> {});
  }

  /** How far apart two networks are that came of it. */
  Deviation between(TrainedNetwork expected, TrainedNetwork found) {
    return Deviation.of(job.start(), expected.weights(), found.weights());
  }

  /** The loss of the first step, before any weight has moved. */
  static double firstLoss(TrainedNetwork trained) {
    return trained.epochs().get(0).getTrainLoss();
  }

  /** The same training from other weights. */
  ZooTraining from(TensorSet start) {
    return new ZooTraining(
        new TrainingJob(
            job.graph(),
            job.plan(),
            job.hurt(),
            start,
            job.masks(),
            job.kept(),
            job.scope(),
            job.data(),
            job.draws()),
        data);
  }

  private static Masks half(ModelGraph graph, long seed) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (ParameterSpec tensor : graph.prunable(Exclusions.NONE)) {
      KeyedRandom draws = KeyedRandom.of(seed, "doctor", tensor.name());
      int size = Math.toIntExact(tensor.size());
      BitSet kept = new BitSet(size);
      for (int i = 0; i < size; i++) {
        kept.set(i, draws.nextBoolean());
      }
      masks.put(tensor.name(), Mask.of(kept, size));
    }
    return new Masks(masks);
  }
}
