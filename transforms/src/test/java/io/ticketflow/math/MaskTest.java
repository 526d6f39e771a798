package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MaskTest {
  private static Mask mask(boolean... keeps) {
    BitSet bits = new BitSet();
    for (int i = 0; i < keeps.length; i++) {
      bits.set(i, keeps[i]);
    }
    return Mask.of(bits, keeps.length);
  }

  @Test
  void packsTheLeastSignificantBitFirst() {
    // numpy.packbits([1,0,0,1, 0,0,0,0, 0,1], bitorder="little") = [9, 2]
    Mask mask = mask(true, false, false, true, false, false, false, false, false, true);

    assertThat(mask.toBytes()).containsExactly(9, 2);
    assertThat(Mask.ofBytes(new byte[] {9, 2}, 10)).isEqualTo(mask);
  }

  @Property(tries = 200)
  void unpacksWhatItPacked(@ForAll boolean[] keeps) {
    Mask mask = mask(keeps);

    Mask read = Mask.ofBytes(mask.toBytes(), keeps.length);

    assertThat(read).isEqualTo(mask).hasSameHashCodeAs(mask);
    int kept = 0;
    for (int i = 0; i < keeps.length; i++) {
      assertThat(read.keeps(i)).isEqualTo(keeps[i]);
      kept += keeps[i] ? 1 : 0;
    }
    assertThat(read.kept()).isEqualTo(kept);
  }

  @Property(tries = 200)
  void isASubsetExactlyIfNothingKeptIsLost(@ForAll boolean[] a, @ForAll boolean[] b) {
    int size = Math.min(a.length, b.length);
    boolean subset = true;
    BitSet first = new BitSet();
    BitSet second = new BitSet();
    for (int i = 0; i < size; i++) {
      first.set(i, a[i]);
      second.set(i, b[i]);
      subset &= !a[i] || b[i];
    }

    assertThat(Mask.of(first, size).isSubsetOf(Mask.of(second, size))).isEqualTo(subset);
    assertThat(Mask.of(first, size).isSubsetOf(Mask.full(size))).isTrue();
    assertThat(Mask.of(first, size).isSubsetOf(Mask.full(size + 1))).isFalse();
  }

  @Test
  void prunedEntriesBecomePositiveZero() {
    float[] values = {-1f, -2f, Float.NaN};

    mask(true, false, false).applyTo(values);

    assertThat(values[0]).isEqualTo(-1f);
    assertThat(Float.floatToRawIntBits(values[1])).isZero();
    assertThat(Float.floatToRawIntBits(values[2])).isZero();
  }

  @Test
  void refusesBitsOutsideAndBytesOfAnotherLength() {
    assertThatThrownBy(() -> Mask.ofBytes(new byte[] {8}, 3)).hasMessageContaining("bit 3");
    assertThatThrownBy(() -> Mask.ofBytes(new byte[2], 8)).hasMessageContaining("got 2");
    assertThatThrownBy(() -> Mask.full(3).applyTo(new float[4])).hasMessageContaining("4");
  }

  @Test
  void doesNotChangeWithTheBitsItWasMadeOf() {
    BitSet bits = new BitSet();
    Mask mask = Mask.of(bits, 4);

    bits.set(2);

    assertThat(mask.kept()).isZero();
  }
}
