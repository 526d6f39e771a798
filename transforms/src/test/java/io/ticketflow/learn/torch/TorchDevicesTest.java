package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of GPUs without the engine is what the engine says. */
class TorchDevicesTest {
  @Test
  void countGpusAsTheEngineDoes() {
    assertThat(TorchDevices.gpus()).isEqualTo(TorchEngine.load().getGpuCount());
  }
}
