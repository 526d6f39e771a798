package io.ticketflow.pipelines.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.pipelines.simulation.Failures.Stops;
import io.ticketflow.pipelines.simulation.Stage.Phase;
import io.ticketflow.spec.UserException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What failures and slow slots do to schedules. */
class FailuresTest {
  private static final Work HOUR = new Work("hour", 3600, 1, true, 360);

  private static List<List<Stage>> only(Work... works) {
    return List.of(List.of(new Stage(0, Phase.PARTICLES, List.of(works))));
  }

  private static Scenario scenario(int slots, Failures failures, Straggler straggler, long seed) {
    return new Scenario(
        slots, Dispatch.QUEUE, Barrier.CYCLE, failures, straggler, Workloads.NOTHING, seed);
  }

  /** A renewal in a loop: interval after interval, each again until no failure comes within it. */
  @Test
  void oneSlotGoesOnFromItsCheckpoint() {
    Failures failures = new Failures(6, 30, Stops.SLOT);
    for (long seed = 0; seed < 50; seed++) {
      KeyedRandom draws = KeyedRandom.of(seed, "failures", 0);
      double next = -Math.log(1 - draws.nextDouble()) * 600;
      double now = 0;
      double lost = 0;
      int count = 0;
      for (int interval = 0; interval < 10; ) {
        if (next > now + 360) {
          now += 360;
          interval++;
        } else {
          lost += next - now;
          now = next + 30;
          count++;
          while (next < now) {
            next += -Math.log(1 - draws.nextDouble()) * 600;
          }
        }
      }
      Forecast forecast = Simulation.of(only(HOUR), scenario(1, failures, Straggler.NONE, seed));
      assertThat(forecast.makespan()).isCloseTo(now, within(1e-6));
      assertThat(forecast.lostSeconds()).isCloseTo(lost, within(1e-6));
      assertThat(forecast.failures()).isEqualTo(count);
      assertThat(forecast.busySeconds()).isCloseTo(3600, within(1e-6));
    }
  }

  /**
   * An interval of c seconds under failures at rate f takes (1 / f + restart) (exp(f c) − 1)
   * seconds on average (Daly, "A higher order estimate of the optimum checkpoint interval", 2006).
   */
  @Test
  void theMeanTimeIsThatOfTheory() {
    double rate = 6 / 3600.0;
    double expected = 10 * (1 / rate + 30) * Math.expm1(rate * 360);
    Failures failures = new Failures(6, 30, Stops.SLOT);
    double[] times =
        LongStream.range(0, 4000)
            .mapToDouble(
                seed ->
                    Simulation.of(only(HOUR), scenario(1, failures, Straggler.NONE, seed))
                        .makespan())
            .toArray();
    double mean = IntStream.range(0, times.length).mapToDouble(i -> times[i]).average().orElse(0);
    double variance =
        IntStream.range(0, times.length)
                .mapToDouble(i -> (times[i] - mean) * (times[i] - mean))
                .sum()
            / (times.length - 1);
    assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(variance / times.length)));
  }

  @Test
  void aFailureOfOneSlotStopsAllOrItself() {
    // Without a checkpoint: all goes back to the beginning, or only what the slot did.
    Work one = Workloads.training("one", 100);
    Work other = Workloads.training("other", 100);
    for (long seed = 0; seed < 200; seed++) {
      double first = -Math.log(1 - KeyedRandom.of(seed, "failures", 0).nextDouble()) * 360;
      double second = -Math.log(1 - KeyedRandom.of(seed, "failures", 1).nextDouble()) * 360;
      Forecast slot = forecast(Stops.SLOT, seed, one, other);
      Forecast job = forecast(Stops.JOB, seed, one, other);
      if (Math.min(first, second) >= 100) {
        assertThat(slot.makespan()).isEqualTo(100);
        assertThat(job).isEqualTo(slot);
      } else if (slot.failures() == 1 && job.failures() == 1) {
        double failed = Math.min(first, second);
        assertThat(slot.lostSeconds()).isCloseTo(failed, within(1e-9));
        assertThat(job.lostSeconds()).isCloseTo(2 * failed, within(1e-9));
        assertThat(job.makespan()).isCloseTo(failed + 110, within(1e-9));
      }
    }
  }

  private static Forecast forecast(Stops stops, long seed, Work... works) {
    Failures failures = new Failures(10, 10, stops);
    return Simulation.of(only(works), scenario(2, failures, Straggler.NONE, seed));
  }

  @Test
  void theSameSeedGivesTheSameForecast() {
    List<List<Stage>> runs =
        IntStream.range(0, 20)
            .mapToObj(i -> Workloads.run("r" + i, new double[] {60 + i, 90}, new double[] {30}))
            .toList();
    Scenario scenario = scenario(4, new Failures(3, 20, Stops.JOB), new Straggler(4, 0.3), 11);
    Forecast forecast = Simulation.of(runs, scenario);
    assertThat(Simulation.of(runs, scenario)).isEqualTo(forecast);
    assertThat(Simulation.of(runs, scenario.withSeed(12))).isNotEqualTo(forecast);
    assertThat(forecast.failures()).isPositive();
    assertThat(forecast.whileTraining()).isBetween(0.0, 1.0);
    Scenario sure = scenario(4, Failures.NONE, Straggler.NONE, 11);
    assertThat(sure.isRandom()).isFalse();
    assertThat(Simulation.of(runs, sure.withSeed(12))).isEqualTo(Simulation.of(runs, sure));
  }

  @Test
  void slowSlotsTakeAsManyTimesAsLong() {
    assertThat(
            Simulation.of(only(HOUR), scenario(3, Failures.NONE, new Straggler(10, 1), 1))
                .makespan())
        .isEqualTo(36_000);
    long slow =
        IntStream.range(0, 10_000)
            .filter(slot -> new Straggler(2, 0.1).factorOf(5, slot) > 1)
            .count();
    assertThat(slow).isBetween(880L, 1120L); // 4 standard deviations of 30
  }

  @Test
  void whatNeverGetsDoneIsGivenUpInASentence() {
    Work long1 = Workloads.training("long", 1e6);
    assertThatThrownBy(
            () ->
                Simulation.of(
                    only(long1), scenario(8, new Failures(100, 1, Stops.JOB), Straggler.NONE, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("failures=100.0 on 8 slots leaves too little time to train");
  }
}
