package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.PruningSpec.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerAllotmentTest {
  private static final List<Long> CONVOLUTION = List.of(2L, 1L, 3L, 3L);
  private static final List<Long> LINEAR = List.of(10L, 10L);

  @Test
  void aFirstConvolutionStaysWholeAndAFirstLinearLayerDoesNot() {
    assertThat(of(Scope.UNIFORM_DENSE_FIRST, List.of(CONVOLUTION, LINEAR, LINEAR), 58))
        .containsExactly(18, 20, 20);
    assertThat(of(Scope.UNIFORM_DENSE_FIRST, List.of(LINEAR, LINEAR), 40)).containsExactly(20, 20);
    assertThat(of(Scope.UNIFORM, List.of(CONVOLUTION, LINEAR, LINEAR), 109))
        .containsExactly(9, 50, 50);
  }

  @Test
  void kernelsCountForOneOfTheTwoByErdosAndRenyi() {
    // sums 2 + 1 + 3 + 3 = 9 and 20; without the kernel (2 + 1) · 9 = 27 and 20
    assertThat(of(Scope.ERK, List.of(CONVOLUTION, LINEAR), 29)).containsExactly(9, 20);
    assertThat(of(Scope.ER, List.of(CONVOLUTION, LINEAR), 29)).containsExactly(17, 12);
    assertThatThrownBy(() -> of(Scope.GLOBAL, List.of(LINEAR), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long[] of(Scope scope, List<List<Long>> shapes, long kept) {
    long[] left =
        shapes.stream().mapToLong(s -> s.stream().reduce(1L, Math::multiplyExact)).toArray();
    return LayerAllotment.of(scope, shapes, left, kept);
  }
}
