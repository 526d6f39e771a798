package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchDevices;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DoctorGpuTest extends CommandFixture {
  @Test
  void withoutAGpuOneSentenceSaysSoAndTheCodeIs1() {
    Assumptions.assumeFalse(TorchDevices.hasDriver(), "this machine may have a GPU");
    assertThat(call("doctor", "--gpu")).isEqualTo(ExitCode.FAILED);
    assertThat(out.lines().filter(line -> line.startsWith("problem ")))
        .singleElement()
        .asString()
        .contains("No GPU: this machine has no driver of one, so nothing was checked");
    assertThat(out).contains("Not ready");
  }

  @Test
  void aWordThatIsNoDeviceIsRefused() {
    assertThat(call("doctor", "--gpu", "--device=tpu")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("--device must be auto, cpu, gpu or gpu:INDEX, got tpu");
    assertThat(call("doctor", "--device=cpu")).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("--device is for 'doctor --gpu'");
  }

  @Test
  @Tag("proofs") // for its time
  void theCpuIsLikeItself() {
    assertThat(call("doctor", "--gpu", "--device=cpu")).as("%s", out).isEqualTo(ExitCode.DONE);
    assertThat(out.lines().filter(line -> line.contains("The CPU's, to the bit.")))
        .hasSize(ModelZoo.names().size());
    assertThat(out).contains("in float32", "over 50 trainings", "images/s", "It trains as it");
  }
}
