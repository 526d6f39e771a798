package io.ticketflow.runners.bench;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.spec.DataSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Resident memory of a JVM in which two trainers at a time train ResNet-20 again and again: it must
 * not grow. Reads Linux's {@code /proc/self/status}.
 */
public final class MemoryBench {
  private static final int REPORT_EVERY = 20;

  private MemoryBench() {}

  /**
   * Runs the bench.
   *
   * @param args folder of CIFAR-10's binary files, images a training, trainings
   */
  public static void main(String[] args) throws InterruptedException {
    DataSpec spec = TrainingBench.cifar(args[0], Integer.parseInt(args[1]));
    DataSplits data = Datasets.load(spec);
    int trainings = Integer.parseInt(args[2]);
    AtomicInteger done = new AtomicInteger();
    ExecutorService trainers = Executors.newFixedThreadPool(2);
    for (int i = 0; i < trainings; i++) {
      int particle = i;
      trainers.execute(
          () -> {
            new TorchTrainer(Device.cpu())
                .train(TrainingBench.job(spec, 1, particle), data, EpochListener.NONE);
            int count = done.incrementAndGet();
            if (count % REPORT_EVERY == 0) {
              System.out.println(count + " trainings: " + residentMemory());
            }
          });
    }
    trainers.shutdown();
    if (!trainers.awaitTermination(1, TimeUnit.HOURS)) {
      throw new IllegalStateException("the trainings took more than an hour");
    }
  }

  private static String residentMemory() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
          .map(line -> line.replaceAll("\\s+", " "))
          .reduce("", (a, b) -> a.isEmpty() ? b : a + ", " + b);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
