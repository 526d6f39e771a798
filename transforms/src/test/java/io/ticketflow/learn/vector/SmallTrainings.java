package io.ticketflow.learn.vector;

import io.ticketflow.kernel.KernelChoice;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.ExactMean;
import io.ticketflow.network.Masks;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains a network of each kind, dense and sparse, on so many threads, averages arrays, and prints
 * the bits of all.
 */
final class SmallTrainings {
  private SmallTrainings() {}

  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    System.out.println(KernelChoice.hasVectors() ? "by vectors" : "without vectors");
    // with rows that fill tiles, and in its last stage rows that do not
    ModelGraph residual =
        ModelZoo.build(TestSettings.model("name: resnet-20, width: 2"), 3, 16, 16, 10);
    for (ModelGraph graph : List.of(Fixtures.mlp(), Fixtures.convNet(), residual)) {
      DataSplits data = Fixtures.data(graph, 70, 20);
      for (Masks masks : List.of(Masks.NONE, Fixtures.masks(graph))) {
        TrainedNetwork trained =
            new VectorTrainer(threads)
                .train(
                    Fixtures.job(
                        graph,
                        Fixtures.training(
                            3, 24, Fixtures.sgd(0.9, false, 0.01), Fixtures.constant(0.05)),
                        masks),
                    data,
                    EpochListener.NONE);
        float[] weights = FlatLayout.of(graph).flatten(trained.weights());
        System.out.println(weights.length + " weights " + Arrays.hashCode(weights));
        System.out.println(trained.epochs());
      }
    }
    System.out.println("mean " + Arrays.hashCode(ExactMean.of(arrays())));
  }

  /** Of exponents so far apart that the order of a sum shows in its bits. */
  private static List<float[]> arrays() {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 7)
        .mapToObj(
            any -> {
              float[] values = new float[100_003];
              for (int i = 0; i < values.length; i++) {
                float sign = random.nextBoolean() ? 1 : -1;
                values[i] =
                    Math.scalb(sign * (1 + (float) random.nextDouble()), random.nextInt(60));
              }
              return values;
            })
        .toList();
  }
}
