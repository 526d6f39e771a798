package io.ticketflow.runners.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.runners.doctor.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeedCheckTest {
  @Test
  void namesTheFewestTrainingsThatAreAsFastAsAny() {
    Map<Integer, Double> rates = Map.of(1, 1000.0, 2, 1950.0, 4, 2000.0);
    assertThat(new SpeedCheck(rates::get).finding("speed", List.of(1, 2, 4)))
        .isEqualTo(
            Finding.ok(
                "speed",
                "About 1,000 images/s, with 2 trainings at once 1,950 in all, with 4 trainings at"
                    + " once 2,000 in all; --trainersPerDevice=2 is enough."));
    assertThat(new SpeedCheck(rates::get).finding("speed", List.of(1)).text())
        .isEqualTo("About 1,000 images/s.");
  }

  @Test
  void measuresTrainingsOfTheCpu() {
    Finding finding =
        new SpeedCheck("lenet-300-100", DevicePolicy.CPU).finding("speed", List.of(1, 2));
    assertThat(finding.text())
        .matches("About [1-9][0-9,]+ images/s, with 2 trainings at once [1-9][0-9,]+ in all; .*");
  }
}
