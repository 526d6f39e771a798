package io.ticketflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What engines do of what the command asks of devices; tables say it. */
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

  @ParameterizedTest
  @CsvSource({"JAVA,JAVA", "AUTO,JAVA"})
  void javaTakesSeveralThreadsATraining(EngineName asked, EngineName chosen) {
    assertThat(EngineChoice.of(asked, Fixtures.mlp(), DevicePolicy.CPU.withThreads(2)))
        .isEqualTo(chosen);
  }

  /** GELU has no kernel in engine java. */
  @Test
  void javaRefusesLayersThatItDoesNotKnowAndAutoTakesTorch() {
    ModelGraph graph = ModelZoo.build(TestSettings.model("name: airbench94"), 3, 32, 32, 10);
    assertThat(EngineChoice.of(EngineName.AUTO, graph, DevicePolicy.CPU))
        .isEqualTo(EngineName.TORCH);
    assertThatThrownBy(() -> EngineChoice.of(EngineName.JAVA, graph, DevicePolicy.CPU))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "training.engine must be torch for this network: engine java does not know its layer"
                + " gelu");
  }

  @Test
  void torchTakesOne() {
    assertThatThrownBy(
            () ->
                EngineChoice.of(EngineName.TORCH, Fixtures.mlp(), DevicePolicy.CPU.withThreads(2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--threadsPerTraining must be 1 for engine torch, which trains on one thread; engine"
                + " java takes several");
  }
}
