package io.ticketflow.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.measure.SplitLogits;
import io.ticketflow.spec.MeasureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldLogitsTest {
  private final List<String> made = new ArrayList<>();

  /** Two hundred floats, 800 bytes. */
  private SplitLogits make(String name) {
    made.add(name);
    return new SplitLogits(Map.of(MeasureSpec.Split.TEST, new float[200]));
  }

  @Test
  void whatIsThereIsNotMadeAgain() {
    HeldLogits held = new HeldLogits(2000);
    SplitLogits first = held.of("a", () -> make("a"));
    held.of("b", () -> make("b"));
    assertThat(held.of("a", () -> make("a"))).isSameAs(first);
    assertThat(made).containsExactly("a", "b");
  }

  @Test
  void whatWasAskedForLongestAgoMakesRoom() {
    HeldLogits held = new HeldLogits(2000);
    held.of("a", () -> make("a"));
    held.of("b", () -> make("b"));
    held.of("a", () -> make("a"));
    held.of("c", () -> make("c")); // 2,400 bytes with it
    held.of("a", () -> make("a"));
    held.of("b", () -> make("b"));
    assertThat(made).containsExactly("a", "b", "c", "b");
  }

  @Test
  void whatFindsNoRoomIsNotHeld() {
    HeldLogits held = new HeldLogits(799);
    assertThat(held.fit(800)).isFalse();
    held.of("a", () -> make("a"));
    held.of("a", () -> make("a"));
    assertThat(made).containsExactly("a", "a");
  }
}
