package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.method.queue.Order;
import io.ticketflow.pipelines.simulation.Dispatch;
import io.ticketflow.runners.simulate.SimulateOption;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code plan --simulate} on the command line. */
class SimulateTest extends CommandFixture {
  private int simulate(String... values) {
    return call(
        Stream.concat(
                Stream.of("plan", file.toString(), "--output=" + output),
                Arrays.stream(values).map(value -> "--simulate=" + value))
            .toArray(String[]::new));
  }

  /** The third column of the rows: seconds. */
  private List<Double> seconds() {
    return out.lines()
        .filter(line -> line.matches("\\d.*"))
        .map(line -> line.trim().split(" {2,}"))
        .map(cells -> Double.parseDouble(cells[2].replace(",", "")))
        .toList();
  }

  @Test
  void oneSlotTakesItsImagesAtTheirSpeedAndWhatIsBeside() {
    // At 1 image/s two trainings of 108 images (120 less a tenth) take 216 s, and twice 12 images
    // of validation 8 s at a third a piece; evaluations look at 12 + 40 images, particle and mean
    // of
    // both cycles: 4 x 52 / 3 = 69.3 s. Nothing of it can be side by side.
    assertThat(simulate("slots=1,speed=1,start=7,cycle=3,action=0", "slots=9,speed=1,action=0"))
        .isZero();
    assertThat(seconds()).containsExactly(303.3, 298.3);
    assertThat(output).doesNotExist();
  }

  @Test
  void theCostsOfAnOutputAreTaken() throws IOException {
    assertThat(run()).as(err).isZero();
    double took =
        Outcome.costs(new Location(output.toString())).stream()
            .filter(row -> !row.getCached()) // of one particle the mean is the particle
            .mapToDouble(CostRow::getSeconds)
            .sum();
    output = temp.resolve("new");
    assertThat(simulate("slots=1,start=0,action=0,costs=" + temp.resolve("out"))).as(err).isZero();
    assertThat(took).isPositive();
    assertThat(seconds().get(0)).isCloseTo(took, within(0.05 + 1e-9)); // it says tenths
    output = temp.resolve("out");
    assertThat(simulate("slots=1,start=0,action=0")).isZero();
    assertThat(seconds()).containsExactly(0.0); // all is finished
  }

  @Test
  void theOrdersDiffer() {
    // Trainings of 1, 5, 2 and 6 epochs of 112 s and an evaluation of 17.3 s, then four means of
    // one evaluation each. Dealt to slots: 5 and 6 meet on one, 11 x 112 + 4 x 17.3. By the first
    // run: 1, 2 and 6 do, beside 5: 9 x 112 + 6 x 17.3. By the longest: 6 and 1, beside 5 and 2:
    // 7 x 112 + 4 x 17.3 each.
    String[] orders = {
      "plan",
      file.toString(),
      "--output=" + output,
      "pruning.cycles=0",
      "methods=[{method: imp, as: a}, {method: imp, as: b, training: {epochs: 5}}, {method: imp,"
          + " as: c, training: {epochs: 2}}, {method: imp, as: d, training: {epochs: 6}}]",
      "--simulate=slots=2,speed=1,start=0,action=0,dispatch=dealt,barrier=cycle",
      "--simulate=slots=2,speed=1,start=0,action=0,dispatch=finish-first",
      "--simulate=slots=2,speed=1,start=0,action=0,dispatch=breadth-first",
      "--simulate=slots=2,speed=1,start=0,action=0"
    };
    assertThat(call(orders)).as(err).isZero();
    assertThat(seconds()).containsExactly(1301.3, 1112.0, 853.3, 853.3);
    String[] finishing = Arrays.copyOf(orders, orders.length + 1);
    finishing[orders.length] = "--order=finish-first"; // the default follows the run's own
    assertThat(call(finishing)).as(err).isZero();
    assertThat(seconds()).containsExactly(1301.3, 1112.0, 853.3, 1112.0);
  }

  @Test
  void thereIsADispatchOfEveryOrder() {
    for (Order order : Order.values()) {
      assertThat(SimulateOption.word(Dispatch.of(order))).isEqualTo(order.word());
    }
  }

  @Test
  void aWrongValueIsOneSentenceAndCode2() {
    for (String[] wrong :
        new String[][] {
          {"slots=0", "slots must be from 1 to 100,000, got 0."},
          {"failures=1", "--simulate needs slots=N, how many work at once."},
          {"slots=2,slot=3", "--simulate has no slot; did you mean slots?"},
          {"slots=2,", "--simulate takes KEY=VALUE joined by commas, such as"},
          {"slots=2,straggler=3", "--simulate's straggler must be FACTOR:FRACTION"},
          {"slots=2,straggler=3:2", "straggler's fraction must be from 0 to 1, got 2.0."},
          {"slots=2,speed=NaN", "--simulate's speed must be a number, got NaN."},
          {
            "slots=2,dispatch=any",
            "--simulate's dispatch must be one of breadth-first, finish-first, dealt,"
          },
          {"slots=2,speed=1,costs=x", "--simulate takes speed or costs, not both."},
          {"slots=2,costs=" + temp, "--simulate's costs must name an output in which"}
        }) {
      assertThat(simulate(wrong[0])).as(wrong[0]).isEqualTo(2);
      assertThat(sentence()).startsWith("ticketflow: " + wrong[1]);
    }
  }
}
