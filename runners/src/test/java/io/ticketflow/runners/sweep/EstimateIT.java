package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.runners.Ticketflow;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan's time is that of the run, to a factor of 2, where measuring outweighs training too. */
class EstimateIT {
  @TempDir Path folder;

  @Test
  void aSweepOfManySmallTrainingsTakesWhatItsPlanSays() throws IOException {
    Path file = folder.resolve("small.yaml");
    Files.writeString(
        file,
        """
        methods: [imp, rigl, snip, gmp, swamp]
        seeds: [1, 2, 3]
        data: {train: 300, test: 200}
        training: {epochs: 1, batchSize: 64}
        pruning: {cycles: 2}
        """);
    Path output = folder.resolve("out");
    Prepared prepared = Prepared.of(Experiment.load(file, List.of()), DevicePolicy.CPU);
    Workplace place = new Workplace(output.toString());
    Plan plan = Plan.of(prepared.records(), place);
    int cores = Runtime.getRuntime().availableProcessors();
    double planned =
        new Estimate(
                prepared,
                List.of(),
                new SpeedTrials(
                    place, new KnownSpeeds(folder.resolve("speeds.json"), "test", Instant.now())))
            .seconds(plan, cores);
    long start = System.nanoTime();
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        Ticketflow.commandLine()
            .setOut(out)
            .setErr(out)
            .execute("run", file.toString(), "--output=" + output, "--device=cpu");
    double taken = (System.nanoTime() - start) * 1e-9;
    assertThat(code).as(said.toString()).isZero();
    assertThat(planned).isBetween(taken / 2, taken * 2);
  }
}
