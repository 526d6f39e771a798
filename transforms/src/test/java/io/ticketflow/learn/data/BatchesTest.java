package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0  | 4 | 1 |
          1  | 4 | 1 | 0-1
          4  | 4 | 1 | 0-4
          5  | 4 | 1 | 0-4 4-5
          5  | 4 | 2 | 0-5
          6  | 4 | 2 | 0-4 4-6
          9  | 4 | 2 | 0-4 4-9
          9  | 4 | 1 | 0-4 4-8 8-9
          3  | 2 | 2 | 0-3
          2  | 4 | 2 | 0-2
          3  | 1 | 1 | 0-1 1-2 2-3
          """)
  void aRemainderBelowTheSmallestJoinsTheBatchBefore(
      int images, int size, int smallest, String expected) {
    Batches batches = new Batches(images, size, smallest);
    List<String> spans =
        IntStream.range(0, batches.count())
            .mapToObj(i -> batches.from(i) + "-" + batches.to(i))
            .toList();
    List<String> hand = expected == null ? List.of() : Arrays.asList(expected.split(" "));
    assertThat(spans).isEqualTo(hand);
    int largest =
        hand.stream()
            .map(span -> span.split("-"))
            .mapToInt(span -> Integer.parseInt(span[1]) - Integer.parseInt(span[0]))
            .max()
            .orElse(0);
    assertThat(batches.largest()).isEqualTo(largest);
  }

  @Test
  void whereNoBatchCanDoThereAreNone() {
    assertThatThrownBy(() -> new Batches(10, 1, 2)).hasMessageContaining("at least 2 images");
    assertThatThrownBy(() -> new Batches(1, 10, 2)).hasMessageContaining("at least 2 images");
  }
}
