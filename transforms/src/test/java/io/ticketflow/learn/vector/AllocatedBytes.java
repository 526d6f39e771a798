package io.ticketflow.learn.vector;

import com.sun.management.ThreadMXBean;
import io.ticketflow.kernel.KernelChoice;
import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.network.Masks;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Prints how many bytes steps of networks of each kind put on the heap. */
final class AllocatedBytes {
  private static final int IMAGES = 20;
  private static final int BATCH = 10;

  private AllocatedBytes() {}

  public static void main(String[] arguments) {
    System.out.println(KernelChoice.hasVectors() ? "by vectors" : "without vectors");
    for (String model : List.of("resnet-20, width: 2", "conv-2", "lenet-5")) {
      ModelGraph graph = ModelZoo.build(TestSettings.model("name: " + model), 3, 16, 16, 10);
      print(model, graph, Fixtures.sgd(0.9, false, 0.01));
    }
    print("features", Fixtures.mlp(), Fixtures.sgd(0.9, true, 0.01));
  }

  private static void print(String name, ModelGraph graph, OptimiserSpec optimiser) {
    DataSplits data = Fixtures.data(graph, IMAGES, 5);
    for (Masks masks : List.of(Masks.NONE, Fixtures.masks(graph))) {
      TrainingJob job =
          Fixtures.job(
              graph, Fixtures.training(1, BATCH, optimiser, Fixtures.constant(0.01)), masks);
      for (Optional<Augmentation> each :
          List.of(Optional.of(new Augmentation(2, true, 7)), Optional.<Augmentation>empty())) {
        System.out.println(name + ": " + bytes(job, data, each));
      }
    }
  }

  /** Of an epoch's steps, after one that makes what is made once. */
  private static long bytes(TrainingJob job, DataSplits data, Optional<Augmentation> augmentation) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EngineFactory.Start start = new EngineFactory.Start(job.start(), List.of(), job.masks(), 0);
    try (Engine engine = VectorTrainer.engines(1).open(job, data, start)) {
      int[] order = IntStream.range(0, IMAGES).toArray();
      Engine.Batch batch = new Engine.Batch(order, augmentation);
      epoch(engine, batch);
      long before = threads.getCurrentThreadAllocatedBytes();
      epoch(engine, batch);
      return threads.getCurrentThreadAllocatedBytes() - before;
    }
  }

  private static void epoch(Engine engine, Engine.Batch batch) {
    for (int from = 0; from < IMAGES; from += BATCH) {
      engine.step(batch.become(from, from + BATCH, 0, 0), 0.01);
    }
  }
}
