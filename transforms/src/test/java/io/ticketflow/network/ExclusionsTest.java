package io.ticketflow.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
  private static final Map<String, List<Long>> NET = new LinkedHashMap<>();

  static {
    NET.put("conv1.weight", List.of(4L, 3L, 3L, 3L));
    NET.put("conv2.weight", List.of(4L, 4L, 1L, 1L));
    NET.put("fc1.weight", List.of(10L, 4L));
    NET.put("fc2.weight", List.of(2L, 10L));
  }

  @Test
  void twoWordsStandForTensorsThatTheNetworkTells() {
    assertThat(Exclusions.named(List.of("first-layer"), NET)).containsExactly("conv1.weight");
    assertThat(Exclusions.named(List.of("conv-only"), NET))
        .containsExactly("fc1.weight", "fc2.weight");
    assertThat(Exclusions.named(List.of("first-layer", "fc1.*", "conv-only", "fc1.weight"), NET))
        .containsExactly("conv1.weight", "fc1.*", "fc1.weight", "fc2.weight");
    assertThat(Exclusions.named(List.of(), NET)).isEmpty();
  }

  @Test
  void convOnlyNeedsAConvolution() {
    assertThatThrownBy(
            () -> Exclusions.named(List.of("conv-only"), Map.of("fc.weight", List.of(2L, 3L))))
        .isInstanceOf(UserException.class)
        .hasMessage("pruning.exclude has conv-only, but the network has no convolution to prune");
  }
}
