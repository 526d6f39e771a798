package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactMeanTest {
  @Property(tries = 500)
  void isTheExactMeanRoundedOnce(
      @ForAll @Size(min = 1, max = 9) List<@FloatRange(min = -4, max = 4) Float> values) {
    List<float[]> arrays = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal magnitudes = BigDecimal.ZERO;
    for (float value : values) {
      arrays.add(new float[] {value});
      sum = sum.add(new BigDecimal(value));
      magnitudes = magnitudes.add(new BigDecimal(value).abs());
    }
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigDecimal exact = sum.divide(n, new MathContext(60));

    float mean = ExactMean.of(arrays)[0];

    // Correct rounding, but for the documented bound.
    BigDecimal bound =
        magnitudes
            .multiply(BigDecimal.valueOf(0x1p-53))
            .add(BigDecimal.valueOf(Math.ulp(mean) / 2.0));
    assertThat(new BigDecimal(mean).subtract(exact).abs()).isLessThanOrEqualTo(bound);
  }

  @Test
  void roundsOnceWhereFloatArithmeticWouldRoundTwice() {
    // 2^24 + 1 + 1: in float 2^24 twice over; the mean is 5592406, exactly.
    List<float[]> arrays = List.of(new float[] {16_777_216f}, new float[] {1f}, new float[] {1f});

    assertThat(ExactMean.of(arrays)).containsExactly(5_592_406f);
  }

  @Test
  void theMeanOfOneArrayHasItsBits() {
    float[] odd = {-0f, 0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f};

    float[] mean = ExactMean.of(List.of(odd));

    for (int i = 0; i < odd.length; i++) {
      assertThat(Float.floatToRawIntBits(mean[i])).isEqualTo(Float.floatToRawIntBits(odd[i]));
    }
  }

  /** More entries than a thread takes, and no multiple of what is added at once. */
  @Test
  void longArraysAreAddedInTheListsOrder() {
    int size = 100_003;
    SplittableRandom random = new SplittableRandom(5);
    List<float[]> arrays = new ArrayList<>();
    for (int count = 1; count <= 10; count++) {
      float[] array = new float[size];
      for (int i = 0; i < size; i++) {
        array[i] = Math.scalb((float) random.nextDouble() - 0.5f, random.nextInt(60));
      }
      arrays.add(array);

      float[] mean = ExactMean.of(arrays);

      for (int i = 0; i < size; i++) {
        double sum = arrays.get(0)[i];
        for (float[] each : arrays.subList(1, count)) {
          sum += each[i];
        }
        assertThat(mean[i]).isEqualTo((float) (sum / count));
      }
      assertStored(arrays, mean);
    }
  }

  /** Bytes that begin somewhere in an array have the mean of the floats that they are. */
  private static void assertStored(List<float[]> arrays, float[] mean) {
    byte[] stored = new byte[Float.BYTES * (mean.length + 1)];
    boolean isFinite =
        ExactMean.ofStored(arrays.stream().map(ExactMeanTest::bytes).toList(), stored);

    float[] values = new float[mean.length];
    ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    assertThat(values).isEqualTo(mean);
    boolean finite = true;
    for (float value : mean) {
      finite &= Float.isFinite(value);
    }
    assertThat(isFinite).isEqualTo(finite);
    assertThat(stored).endsWith(0, 0, 0, 0); // no more is overwritten
  }

  private static ByteBuffer bytes(float[] array) {
    ByteBuffer bytes = ByteBuffer.allocate(7 + Float.BYTES * array.length);
    ByteBuffer values = bytes.position(7).slice().order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(array);
    return values;
  }

  @Test
  void anEntryIsFiniteJustWhereAllAre() {
    float[] odd = {1, Float.POSITIVE_INFINITY, Float.NaN, Float.NEGATIVE_INFINITY, 2};
    float[] other = {3, Float.NEGATIVE_INFINITY, 1, 1, Float.MAX_VALUE};

    float[] mean = ExactMean.of(List.of(odd, other));

    assertThat(mean)
        .containsExactly(2, Float.NaN, Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE / 2);
    assertStored(List.of(odd, other), mean);
    for (int at : new int[] {0, 1023, 1024, 70_000, 100_002}) { // in blocks and behind the last one
      float[] one = new float[100_003];
      one[at] = Float.NEGATIVE_INFINITY;
      assertStored(
          List.of(one, new float[100_003]), ExactMean.of(List.of(one, new float[100_003])));
    }
  }

  @Test
  void nothingOverflows() {
    float[] huge = {Float.MAX_VALUE, -Float.MAX_VALUE};

    assertThat(ExactMean.of(List.of(huge, huge, huge))).containsExactly(huge);
  }

  @Test
  void emptyArraysHaveAnEmptyMean() {
    List<float[]> empty = List.of(new float[0], new float[0]);
    float[] mean = ExactMean.of(empty);

    assertThat(mean).isEmpty();
    assertStored(empty, mean);
  }

  @Test
  void refusesNothingAndDifferentLengths() {
    assertThatThrownBy(() -> ExactMean.of(List.of())).hasMessageContaining("no arrays");
    assertThatThrownBy(() -> ExactMean.of(List.of(new float[1], new float[2])))
        .hasMessageContaining("of 1 and of 2");
  }
}
