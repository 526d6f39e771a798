package io.ticketflow.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A result is worked out once, and no more of them are kept than was said. */
class RememberedTest {
  @Test
  void asksOnceUntilThereAreTooMany() {
    List<Integer> asked = new ArrayList<>();
    Remembered<Integer, String> texts =
        new Remembered<>(
            2,
            number -> {
              asked.add(number);
              return "n" + number;
            });
    assertThat(List.of(texts.of(1), texts.of(1), texts.of(2), texts.of(1)))
        .containsExactly("n1", "n1", "n2", "n1");
    assertThat(asked).containsExactly(1, 2);
    assertThat(texts.of(3)).isEqualTo("n3"); // the third: both others are forgotten
    assertThat(texts.of(1)).isEqualTo("n1");
    assertThat(asked).containsExactly(1, 2, 3, 1);
  }
}
