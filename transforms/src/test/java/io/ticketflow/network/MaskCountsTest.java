package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskCountsTest {
  /** Both keep entries 1, 2 and 4; there 2 has turned and 4 is 0 in one of the networks. */
  @Test
  void agreementIsOfEntriesThatBothKeep() {
    MaskAgreement found =
        MaskAgreement.of(
            new float[] {1, 1, -1, 1, 0, -1},
            mask(6, 0, 1, 2, 4),
            new float[] {-1, 2, 3, -1, 5, 1},
            mask(6, 1, 2, 4, 5));
    assertThat(found).isEqualTo(new MaskAgreement(3, 1));
  }

  /** Rows 0 and 2 of three keep entries, of columns 1 and 3 of four. */
  @Test
  void unitsOfAMatrix() {
    assertThat(UnitCounts.of(List.of(3L, 4L), mask(12, 1, 3, 9)))
        .isEqualTo(new UnitCounts(3, 1, 4, 2));
  }

  /** Two filters on three channels of 2 × 2: all that is kept is in filter 1's channels 0 and 2. */
  @Test
  void unitsOfAConvolution() {
    assertThat(UnitCounts.of(List.of(2L, 3L, 2L, 2L), mask(24, 12, 15, 20)))
        .isEqualTo(new UnitCounts(2, 1, 3, 1));
  }

  /** Column 1 is taken by rows 0 and 2, column 3 by row 0. */
  @Test
  void unitsThatTakeAnInput() {
    assertThat(UnitCounts.perInput(List.of(3L, 4L), mask(12, 1, 3, 9))).containsExactly(0, 2, 0, 1);
  }

  private static Mask mask(int size, int... kept) {
    BitSet bits = new BitSet(size);
    for (int entry : kept) {
      bits.set(entry);
    }
    return Mask.of(bits, size);
  }
}
