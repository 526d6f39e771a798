package io.ticketflow.runners.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Settings of the Flink cluster inside this process, which Beam reads from a folder. */
public final class FlinkConfiguration {
  private FlinkConfiguration() {}

  /**
   * Writes {@code config.yaml} into the folder.
   *
   * @param slots trainings at once
   */
  public static void write(Path folder, int slots) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("config.yaml"), lines(slots));
  }

  private static List<String> lines(int slots) {
    return List.of(
        "# The adaptive scheduler sizes a stage by bytes; records of ours are small and their",
        "# trainings long, so it would run all of them one after another.",
        "execution.batch.adaptive.auto-parallelism.enabled: false",
        "parallelism.default: " + slots,
        "taskmanager.numberOfTaskSlots: " + slots,
        "# Failed trainings are rows, not exceptions: an exception is a fault that would recur.",
        "restart-strategy.type: none",
        "# A graph of many cycles has many exchanges.",
        "taskmanager.memory.network.min: 256mb",
        "taskmanager.memory.network.max: 256mb",
        "# Nothing outside this machine talks to it.",
        "jobmanager.bind-host: 127.0.0.1",
        "jobmanager.rpc.address: 127.0.0.1",
        "taskmanager.bind-host: 127.0.0.1",
        "taskmanager.host: 127.0.0.1",
        "rest.address: 127.0.0.1",
        "rest.bind-address: 127.0.0.1",
        "rest.bind-port: 0",
        "web.submit.enable: false",
        "web.cancel.enable: false");
  }
}
