package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.UserException;
import org.junit.jupiter.api.Test;

/** An engine that knows no GPUs works on the CPU, and tables say so, whatever the command asks. */
class EngineDevicesTest {
  private final Workplace place =
      new Workplace("unused", DevicePolicy.of("gpu:99", false, 1), CheckpointPolicy.DEFAULT);

  @Test
  void javaTakesTheCpuWhereGpusAreAskedFor() {
    assertThat(place.<String>onDevice(EngineName.JAVA, Device::name)).isEqualTo("cpu");
  }

  @Test
  void torchTakesTheGpuThatIsAskedFor() {
    assertThatThrownBy(() -> place.<String>onDevice(EngineName.TORCH, Device::name))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("device gpu:99 is not there");
  }
}
