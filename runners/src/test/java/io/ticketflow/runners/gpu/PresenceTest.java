package io.ticketflow.runners.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresenceTest {
  @Test
  void saysTheFirstThingThatIsMissingAndWhatToDo() {
    assertThat(new Presence(false, false, 0).missing().orElseThrow())
        .contains("no driver", "nothing was checked", "--device=cpu");
    assertThat(new Presence(true, false, 0).missing().orElseThrow())
        .contains("libtorch is the one for CPUs", "PYTORCH_LIBRARY_PATH", "runners/GPU.md");
    assertThat(new Presence(true, true, 0).missing().orElseThrow())
        .contains("LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES");
    assertThat(new Presence(true, true, 1).missing()).isEmpty();
  }
}
