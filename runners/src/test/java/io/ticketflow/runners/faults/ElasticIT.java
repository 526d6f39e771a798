package io.ticketflow.runners.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.Program;
import io.ticketflow.runners.cluster.FlinkCluster;
import io.ticketflow.runners.faults.agent.Event;
import io.ticketflow.runners.faults.agent.Fault;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TaskManagers that join a job and leave it while it trains, by {@code cluster scale}; one that
 * lags behind, and one that dies with a claim.
 */
@Tag("faults")
class ElasticIT {
  private static final String TWO_RUNS = "seeds=[1, 2]";
  private static final String CYCLE = "cycle 1, ";

  /** Two trainers, each with a checkpoint after every epoch: a job's restart ends both. */
  private static final int AN_EPOCH_PER_TRAINER = 2;

  @TempDir Path folder;
  private Laboratory laboratory;
  private SortedMap<String, String> expected;
  private Path output;

  @BeforeEach
  void setUp() throws Exception {
    laboratory = new Laboratory(folder.resolve("laboratory"));
    Path direct = folder.resolve("direct");
    Process undisturbed = Bench.start(laboratory, folder, direct, TWO_RUNS);
    assertThat(Bench.exitCode(undisturbed)).as(log()).isZero();
    expected = Bench.metrics(direct);
    assertThat(laboratory.journal().epochs()).isEqualTo(2 * Bench.EPOCHS);
    laboratory.clear();
    output = folder.resolve("out");
  }

  /** The only slot there is waits in cycle 1 until the one that joins has trained there. */
  @Test
  void oneThatJoinsInACycleTrainsInIt() throws Exception {
    try (FlinkCluster cluster = cluster(1)) {
      ProcessHandle first = cluster.taskManagers().get(0);
      laboratory.arm(Fault.before(Fault.Effect.WAIT, "epoch").training(CYCLE));
      Process client = run(cluster);
      Event fired = seen(client, ElasticIT::fires);
      scale(2);
      Event joined = seen(client, event -> trains(event) && event.pid() != first.pid());
      laboratory.release();
      ends(client);
      assertThat(workers()).hasSize(2).contains(first.pid(), joined.pid());
      assertThat(laboratory.journal().epochs()).as("none twice").isEqualTo(2 * Bench.EPOCHS);
      double seconds = (joined.millis() - fired.millis()) / 1000.0;
      new Survival(21, "a TaskManager that joins in mid-cycle", 0, seconds).tell();
    }
  }

  /** Both trainers wait in the third epoch of their first training in cycle 1. */
  @Test
  void oneThatIsTakenAwayCostsACheckpointInterval() throws Exception {
    try (FlinkCluster cluster = cluster(2)) {
      ProcessHandle first = cluster.taskManagers().get(0);
      ProcessHandle second = cluster.taskManagers().get(1);
      laboratory.arm(
          Fault.before(Fault.Effect.WAIT, "epoch").training(CYCLE + ".*epoch 3;").everyTime());
      Process client = run(cluster);
      seen(client, event -> fires(event) && event.pid() == first.pid());
      Event cut = seen(client, event -> fires(event) && event.pid() == second.pid());
      long taken = System.currentTimeMillis();
      scale(1);
      assertThat(second.onExit()).succeedsWithin(Duration.ofSeconds(10));
      ends(client);
      int lost = laboratory.journal().epochs() - 2 * Bench.EPOCHS;
      assertThat(lost).isBetween(1, AN_EPOCH_PER_TRAINER);
      Event again =
          laboratory
              .journal()
              .after(taken, event -> trains(event) && event.training().equals(cut.training()))
              .orElseThrow();
      assertThat(again.pid()).isEqualTo(first.pid());
      double seconds = (again.millis() - taken) / 1000.0;
      new Survival(22, "a TaskManager that is taken away", lost, seconds).tell();
    }
  }

  /**
   * One of two TaskManagers has a tenth of the time: it is stopped nine times as long as it runs.
   */
  @Test
  void aStragglerTrainsLess() throws Exception {
    try (FlinkCluster cluster = cluster(2)) {
      ProcessHandle straggler = cluster.taskManagers().get(1);
      Process client = run(cluster);
      seen(client, event -> event.operation().equals("epoch") && event.pid() == straggler.pid());
      long slowed = System.currentTimeMillis();
      while (client.isAlive()) {
        Signals.send(straggler, "STOP");
        Thread.sleep(270);
        Signals.send(straggler, "CONT");
        Thread.sleep(30);
      }
      double seconds = (System.currentTimeMillis() - slowed) / 1000.0;
      ends(client);
      assertThat(laboratory.journal().epochs()).as("none twice").isEqualTo(2 * Bench.EPOCHS);
      assertThat(epochsOf(straggler)).as("less than an equal share").isLessThan(Bench.EPOCHS);
      new Survival(23, "a straggler ten times slower", 0, seconds).tell();
    }
  }

  /** The survivor, or the one in its place, need not wait for the lease. */
  @Test
  void theClaimOfADeadHolderIsTakenOver() throws Exception {
    try (FlinkCluster cluster = cluster(2)) {
      Fault fault = Fault.before(Fault.Effect.KILL, "step").training(CYCLE + ".*epoch 3;");
      laboratory.arm(fault);
      Process client = run(cluster);
      Event killed = seen(client, ElasticIT::fires);
      Path claims = output.resolve("attempts/claims");
      assertThat(claimsOf(claims, killed.pid())).as("the dead one's claims").isNotEmpty();
      ends(client);
      Event again =
          laboratory
              .journal()
              .after(killed.millis() + 1, event -> trains(event) && isSame(event, killed))
              .orElseThrow();
      assertThat(again.pid()).isNotEqualTo(killed.pid());
      int lost = laboratory.journal().epochs() - 2 * Bench.EPOCHS;
      assertThat(lost).isBetween(0, AN_EPOCH_PER_TRAINER);
      double seconds = (again.millis() - killed.millis()) / 1000.0;
      new Survival(24, "a claim of a dead holder", lost, seconds).tell();
    }
  }

  /** Files of claims that name a process. */
  private static List<Path> claimsOf(Path claims, long pid) throws IOException {
    try (Stream<Path> files = Files.walk(claims)) {
      return files.filter(Files::isRegularFile).filter(file -> names(file, pid)).toList();
    }
  }

  private static boolean names(Path file, long pid) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains("/" + pid + " ");
    } catch (IOException e) {
      return false; // it was given back meanwhile
    }
  }

  private static boolean isSame(Event event, Event training) {
    String name = training.training().replaceFirst("epoch .*", "");
    return event.training().startsWith(name);
  }

  private long epochsOf(ProcessHandle process) throws Exception {
    return laboratory.journal().events().stream()
        .filter(event -> event.operation().equals("epoch") && event.pid() == process.pid())
        .count();
  }

  private FlinkCluster cluster(int taskManagers) throws IOException, InterruptedException {
    Map<String, String> settings = Map.of("env.java.opts.taskmanager", laboratory.agentFlag());
    return FlinkCluster.start(folder.resolve("cluster"), taskManagers, 1, settings);
  }

  private Process run(FlinkCluster cluster) throws IOException {
    String master = "--flinkMaster=" + cluster.master();
    return Bench.start(
        laboratory, folder, output, TWO_RUNS, "--runner=FlinkRunner", master, "--parallelism=2");
  }

  private void scale(int taskManagers) {
    String where = "--folder=" + folder.resolve("cluster");
    Program.Said said = Program.call("cluster", "scale", where, "--taskmanagers=" + taskManagers);
    assertThat(said.code()).as("%s", said.err()).isZero();
  }

  /** The first such event, as soon as it is written down. */
  private Event seen(Process client, Predicate<Event> wanted) throws Exception {
    Bench.await(
        "such an event",
        () -> {
          assertThat(client.isAlive()).as(log()).isTrue();
          return laboratory.journal().after(0, wanted).isPresent();
        });
    return laboratory.journal().after(0, wanted).orElseThrow();
  }

  private void ends(Process client) throws Exception {
    assertThat(Bench.exitCode(client)).as(log()).isZero();
    assertThat(Bench.metrics(output)).isEqualTo(expected);
  }

  private static boolean fires(Event event) {
    return event.operation().equals(Event.FIRED);
  }

  private static boolean trains(Event event) {
    return event.operation().equals("epoch") && event.training().contains(CYCLE);
  }

  /** Processes that made the trainings of cycle 1, by the costs. */
  private Set<Long> workers() throws IOException {
    return Outcome.costs(Location.of(output)).stream()
        .filter(row -> row.getKind().equals("train") && row.getCycle() == 1)
        .map(CostRow::getWorker)
        .map(worker -> Long.parseLong(worker.substring(worker.lastIndexOf('/') + 1)))
        .collect(Collectors.toSet());
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
