package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaturalOrderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate=0.05 rate=0.1 rate=0.15 rate=0.2 rate=0.5",
        "particles=2 particles=8 particles=16",
        "decay=0 decay=1e-5 decay=0.0005 decay=1E-3 decay=0.01 decay=5e1 decay=1e+2",
        "shift=-10 shift=-1.5 shift=-1 shift=-1e-3 shift=0 shift=+0.5 shift=2",
        "a-1 a-2 a-10", // a hyphen between words is no sign
        "lenet-300-20 lenet-300-100",
        "1.2.9 1.2.10 1.10.1", // versions
        "rate=0.1 rate=0.10 rate=0.2", // of one value, but not one text
        "rate=0.1,k=2 rate=0.1,k=10 rate=0.10001,k=1",
        "epochs=5 epochs=auto epochs=never", // numbers before words
        "imp imp-2 swamp",
        "99999999999999999999998 99999999999999999999999 1e99999999"
      })
  void putsNumbersInOrderOfTheirSize(String inOrder) {
    List<String> expected = List.of(inOrder.split(" "));
    for (int seed = 0; seed < 20; seed++) {
      List<String> shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(new NaturalOrder());
      assertThat(shuffled).isEqualTo(expected);
    }
  }
}
