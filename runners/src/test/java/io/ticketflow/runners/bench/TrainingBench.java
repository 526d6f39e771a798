package io.ticketflow.runners.bench;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.TrainingSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Images a second of the trainer on ResNet-20 and CIFAR-10, batch 128, with augmentation: what
 * peer_torch.py does in plain PyTorch. Prints images per wall second and per processor second of
 * every trainer's epochs but the first.
 */
public final class TrainingBench {
  private TrainingBench() {}

  /**
   * Runs the bench.
   *
   * @param args folder of CIFAR-10's binary files, images, epochs, trainers that run at once
   */
  public static void main(String[] args) throws InterruptedException {
    DataSpec spec = cifar(args[0], Integer.parseInt(args[1]));
    DataSplits data = Datasets.load(spec);
    int epochs = Integer.parseInt(args[2]);
    List<Thread> trainers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      TrainingJob job = job(spec, epochs, i);
      Thread trainer = new Thread(() -> train(job, data), "trainer-" + i);
      trainer.start();
      trainers.add(trainer);
    }
    for (Thread trainer : trainers) {
      trainer.join();
    }
  }

  /** The first images of CIFAR-10, to be cropped and flipped. */
  static DataSpec cifar(String folder, int images) {
    return BenchSettings.run(
            "data.dir: '" + folder + "'",
            "data.train: " + images,
            "data: {name: cifar10, test: 1, validation: 0, channels: 3, crop: 4, flip: true}")
        .data();
  }

  /** ResNet-20 from its initial weights. */
  static TrainingJob job(DataSpec data, int epochs, int particle) {
    ModelGraph graph = ModelZoo.build(new ModelSpec("resnet-20", 0, "cifar", HE), 3, 32, 32, 10);
    TrainingSpec training =
        BenchSettings.run("training: {epochs: " + epochs + ", schedule.name: cosine}").training();
    return TrainingJob.dense(
        graph,
        training,
        epochs,
        Initialisation.draw(graph, HE, 1),
        data,
        new DrawKey(1, 0, particle));
  }

  private static void train(TrainingJob job, DataSplits data) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int images = data.train().count();
    long[] processor = {threads.getCurrentThreadCpuTime()};
    new TorchTrainer(Device.cpu())
        .train(
            job,
            data,
            (point, imagesPerSecond) -> {
              double seconds = (threads.getCurrentThreadCpuTime() - processor[0]) * 1e-9;
              if (point.getEpoch() > 1) {
                System.out.printf(
                    Locale.ROOT,
                    "ticketflow %.1f %.1f loss %.3f%n",
                    imagesPerSecond,
                    images / seconds,
                    point.getTrainLoss());
              }
              processor[0] = threads.getCurrentThreadCpuTime();
            });
  }
}
