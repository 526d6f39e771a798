package io.ticketflow.pipelines.simulation;

import static io.ticketflow.pipelines.simulation.Workloads.NOTHING;
import static io.ticketflow.pipelines.simulation.Workloads.makespan;
import static io.ticketflow.pipelines.simulation.Workloads.run;
import static io.ticketflow.pipelines.simulation.Workloads.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of schedules without failures, and small schedules by hand. */
class SimulationTest {
  private static final double EXACT = 1e-9;

  @Example
  void aScheduleByHand() {
    List<List<Stage>> runs = List.of(run("a", new double[] {1, 4, 1, 4}));
    // dealt: 1 + 1 beside 4 + 4; in turn: 1, 1, 4 beside 4; longest first: 4, 1 beside 4, 1
    assertThat(makespan(runs, scenario(2, Dispatch.DEALT))).isEqualTo(8);
    assertThat(makespan(runs, scenario(2, Dispatch.QUEUE))).isEqualTo(6);
    Forecast longest = Simulation.of(runs, scenario(2, Dispatch.LONGEST));
    assertThat(longest.makespan()).isEqualTo(5);
    assertThat(longest.whileTraining()).isEqualTo(1);
    assertThat(Simulation.of(runs, scenario(2, Dispatch.DEALT)).whileTraining())
        .isEqualTo(10 / 16.0);
  }

  @Example
  void runsThatDoNotWaitForOneAnother() {
    double[] shorter = {1};
    double[] longer = {4};
    List<List<Stage>> runs = List.of(run("a", longer, shorter), run("b", shorter, longer));
    assertThat(makespan(runs, scenario(2, Dispatch.QUEUE))).isEqualTo(8);
    assertThat(makespan(runs, scenario(2, Dispatch.QUEUE, Barrier.RUN, NOTHING))).isEqualTo(5);
  }

  @Example
  void theOrdersOfThePipelineByHand() {
    double[] short1 = {1};
    double[] long3 = {3};
    List<List<Stage>> runs =
        List.of(run("a", short1, short1), run("b", short1, short1), run("c", long3, long3));
    // c, c on one slot; a, b, a, b on the other
    assertThat(makespan(runs, scenario(2, Dispatch.BREADTH_FIRST, Barrier.RUN, NOTHING)))
        .isEqualTo(6);
    // a, a and b, b side by side, then c, c
    assertThat(makespan(runs, scenario(2, Dispatch.FINISH_FIRST, Barrier.RUN, NOTHING)))
        .isEqualTo(8);
  }

  @Example
  void whatFollowsTrainingsGoesFirst() {
    Work mean = new Work("mean", 1, 1, false, Double.POSITIVE_INFINITY);
    List<Stage> first = run("a", new double[] {1, 1}, new double[] {3});
    List<List<Stage>> runs =
        List.of(
            List.of(first.get(0), new Stage(0, Stage.Phase.AFTER, List.of(mean)), first.get(1)),
            run("b", new double[] {2, 2}));
    // In turn both of b come before the mean: 1, then 2 beside 2, then 1 and 3.
    assertThat(makespan(runs, scenario(2, Dispatch.QUEUE, Barrier.RUN, NOTHING))).isEqualTo(7);
    // The mean at 1, beside b; b again at 2, as its cycle is the earlier one; a's last from 3 to 6.
    assertThat(makespan(runs, scenario(2, Dispatch.BREADTH_FIRST, Barrier.RUN, NOTHING)))
        .isEqualTo(6);
    // The mean at 1, beside b; a's last from 2 to 5; b again from 3 to 5.
    assertThat(makespan(runs, scenario(2, Dispatch.FINISH_FIRST, Barrier.RUN, NOTHING)))
        .isEqualTo(5);
  }

  @Example
  void noRunWaitsForTheDenseTrainingOfAnother() {
    List<List<Stage>> runs = List.of(begun("a", 1, 4), begun("b", 3, 1), begun("c", 1, 1));
    // The longest run first: a and b at once, c at 1, a's particle at 2, while b's dense training
    // goes on to 3.
    assertThat(
            makespan(runs, scenario(2, Dispatch.BREADTH_FIRST, Barrier.RUN, new Beside(5, 2, 0))))
        .isEqualTo(5 + 2 + 4);
  }

  @Example
  void denseTrainingsGoBeforeParticles() {
    List<List<Stage>> runs = List.of(begun("a", 1, 2), begun("b", 3, 1), begun("c", 2, 1));
    // b and a at once, c at 1: at 3 all three particles are left, two of them take until 5.
    // Were a's particle taken at 1, c's dense training would end at 5, and its particle at 6.
    assertThat(
            makespan(runs, scenario(2, Dispatch.BREADTH_FIRST, Barrier.RUN, new Beside(5, 2, 0))))
        .isEqualTo(5 + 5);
  }

  private static List<Stage> begun(String name, double dense, double particle) {
    Work training = Workloads.training(name + "/dense", dense);
    Stage before = new Stage(0, Stage.Phase.BEFORE, List.of(training));
    return List.of(before, run(name, new double[] {particle}).get(0));
  }

  @Example
  void whatLooksBackComesWhenAllCyclesAreGathered() {
    Work pool = new Work("pool", 2, 1, false, Double.POSITIVE_INFINITY);
    Stage back = new Stage(Stage.ALL_CYCLES, Stage.Phase.AFTER, List.of(pool));
    double[] two = {2};
    List<Stage> other = run("b", two, two, two);
    List<List<Stage>> runs = List.of(List.of(run("a", two).get(0), back), other);
    // b's three cycles take 6, gathering them thrice 3, and only then comes a's pool.
    assertThat(makespan(runs, scenario(2, Dispatch.FINISH_FIRST, Barrier.RUN, new Beside(5, 3, 0))))
        .isEqualTo(5 + 6 + 9 + 2);
  }

  @Example
  void stagesGatherBetweenCyclesOrAtTheEnd() {
    double[] two = {2};
    List<List<Stage>> runs = List.of(run("a", two, two, two));
    Beside beside = new Beside(5, 3, 0);
    Forecast apart = Simulation.of(runs, scenario(1, Dispatch.QUEUE, Barrier.CYCLE, beside));
    Forecast after = Simulation.of(runs, scenario(1, Dispatch.QUEUE, Barrier.RUN, beside));
    assertThat(apart.makespan()).isEqualTo(5 + 2 + 3 + 2 + 3 + 2);
    assertThat(after.makespan()).isEqualTo(5 + 6 + 3 + 3);
    assertThat(apart.whileTraining()).isEqualTo(6 / 12.0);
    assertThat(after.whileTraining()).isEqualTo(1);
  }

  @Example
  void gatheringAtTheEndTakesItsTimeOnceACycleWhateverTheRuns() {
    double[] two = {2};
    List<List<Stage>> runs = List.of(run("a", two, two, two), run("b", new double[] {4}, two));
    Beside beside = new Beside(5, 3, 0);
    assertThat(makespan(runs, scenario(2, Dispatch.BREADTH_FIRST, Barrier.CYCLE, beside)))
        .isEqualTo(5 + 4 + 3 + 2 + 3 + 2);
    assertThat(makespan(runs, scenario(2, Dispatch.BREADTH_FIRST, Barrier.RUN, beside)))
        .isEqualTo(5 + 6 + 3 + 3);
  }

  @Example
  void laterCyclesShareAStage() {
    double[][] cycles = new double[40][];
    Arrays.fill(cycles, new double[] {2});
    Beside beside = new Beside(5, 3, 0);
    assertThat(
            makespan(List.of(run("a", cycles)), scenario(1, Dispatch.QUEUE, Barrier.RUN, beside)))
        .isEqualTo(5 + 40 * 2 + 32 * 3);
  }

  @Example
  void whatIsBesideActionsIsNotBusy() {
    List<List<Stage>> runs = List.of(run("a", new double[] {2}, new double[] {2}));
    Beside beside = new Beside(5, 3, 1);
    Forecast forecast = Simulation.of(runs, scenario(1, Dispatch.DEALT, Barrier.CYCLE, beside));
    assertThat(forecast.makespan()).isEqualTo(5 + (1 + 2) + 3 + (1 + 2));
    assertThat(forecast.trainingSpan()).isEqualTo(9);
    assertThat(forecast.whileTraining()).isEqualTo(4 / 9.0);
    assertThat(forecast.overall()).isEqualTo(4 / 14.0);
  }

  @Example
  void aSharedTrainingIsDoneOnceAndWaitedForByBoth() {
    Work shared = Workloads.training("shared", 3);
    Stage asks = new Stage(0, Stage.Phase.PARTICLES, List.of(shared));
    Stage after = new Stage(1, Stage.Phase.PARTICLES, List.of(Workloads.training("after", 2)));
    for (Barrier barrier : Barrier.values()) {
      Forecast forecast =
          Simulation.of(
              List.of(List.of(asks), List.of(asks, after)),
              scenario(2, Dispatch.QUEUE, barrier, NOTHING));
      assertThat(forecast.makespan()).isEqualTo(5);
      assertThat(forecast.busySeconds()).isEqualTo(5);
    }
  }

  @Example
  void nothingToDoTakesNoTime() {
    assertThat(makespan(List.of(), scenario(2, Dispatch.QUEUE))).isZero();
    assertThat(makespan(List.of(List.of()), scenario(2, Dispatch.DEALT))).isZero();
  }

  @Property(tries = 100)
  void oneSlotTakesTheSum(
      @ForAll @Size(min = 1, max = 4) List<@Size(min = 1, max = 5) double[]> cycles,
      @ForAll Dispatch dispatch,
      @ForAll Barrier barrier) {
    List<double[]> lengths = cycles.stream().map(SimulationTest::positive).toList();
    List<Stage> run = run("a", lengths.toArray(double[][]::new));
    double works = lengths.stream().flatMapToDouble(Arrays::stream).sum();
    long count = lengths.stream().mapToLong(each -> each.length).sum();
    double expected = 7 + works + 0.5 * count + 2.0 * (cycles.size() - 1);
    Beside beside = new Beside(7, 2, 0.5);
    assertThat(makespan(List.of(run), scenario(1, dispatch, barrier, beside)))
        .isCloseTo(expected, within(EXACT * expected));
  }

  @Property(tries = 100)
  void enoughSlotsTakeTheLongestOfEachCycle(
      @ForAll @Size(min = 1, max = 4) List<@Size(min = 1, max = 5) double[]> cycles,
      @ForAll Dispatch dispatch,
      @ForAll @IntRange(min = 5, max = 9) int slots) {
    List<double[]> lengths = cycles.stream().map(SimulationTest::positive).toList();
    List<Stage> run = run("a", lengths.toArray(double[][]::new));
    double expected =
        lengths.stream().mapToDouble(each -> Arrays.stream(each).max().orElseThrow()).sum();
    assertThat(makespan(List.of(run), scenario(slots, dispatch)))
        .isCloseTo(expected, within(EXACT * expected));
  }

  @Property(tries = 100)
  void listsKeepGrahamsBounds(
      @ForAll @Size(min = 1, max = 7) double[] any, @ForAll @IntRange(min = 1, max = 3) int slots) {
    double[] lengths = positive(any);
    List<List<Stage>> runs = List.of(run("a", lengths));
    double best = best(lengths, new double[slots], 0);
    double longest = makespan(runs, scenario(slots, Dispatch.LONGEST));
    double inTurn = makespan(runs, scenario(slots, Dispatch.QUEUE));
    assertThat(longest).isBetween(best * (1 - EXACT), best * (4 / 3.0 - 1 / (3.0 * slots)) + EXACT);
    assertThat(inTurn).isBetween(best * (1 - EXACT), best * (2 - 1.0 / slots) + EXACT);
  }

  @Property(tries = 100)
  void sharesAreSharesAndNoWorkGetsLost(
      @ForAll @Size(min = 1, max = 4) List<@Size(max = 5) double[]> runs,
      @ForAll Dispatch dispatch,
      @ForAll Barrier barrier,
      @ForAll @IntRange(min = 1, max = 6) int slots,
      @ForAll @DoubleRange(max = 9) double beside) {
    List<double[]> lengths = runs.stream().map(SimulationTest::positive).toList();
    List<List<Stage>> all =
        IntStream.range(0, lengths.size())
            .mapToObj(i -> run("r" + i, lengths.get(i), lengths.get(0)))
            .toList();
    Forecast forecast =
        Simulation.of(all, scenario(slots, dispatch, barrier, new Beside(beside, beside, beside)));
    double works =
        lengths.stream().mapToDouble(each -> DoubleStream.of(each).sum()).sum()
            + lengths.size() * DoubleStream.of(lengths.get(0)).sum();
    assertThat(forecast.busySeconds()).isCloseTo(works, within(EXACT * (1 + works)));
    assertThat(forecast.whileTraining()).isBetween(0.0, 1.0);
    assertThat(forecast.overall()).isBetween(0.0, 1.0);
    assertThat(forecast.lostSeconds()).isZero();
    assertThat(forecast.makespan()).isGreaterThanOrEqualTo(works / slots * (1 - EXACT));
  }

  /** Shortest end of works on slots that have those loads, by trying all ways. */
  private static double best(double[] lengths, double[] loads, int next) {
    if (next == lengths.length) {
      return Arrays.stream(loads).max().orElseThrow();
    }
    double best = Double.POSITIVE_INFINITY;
    for (int slot = 0; slot < loads.length; slot++) {
      loads[slot] += lengths[next];
      best = Math.min(best, best(lengths, loads, next + 1));
      loads[slot] -= lengths[next];
    }
    return best;
  }

  /** Any numbers, made lengths from 1 to 20 s. */
  private static double[] positive(double[] any) {
    return Arrays.stream(any)
        .map(each -> 1 + Math.abs(Double.hashCode(each) % 1900) / 100.0)
        .toArray();
  }
}
