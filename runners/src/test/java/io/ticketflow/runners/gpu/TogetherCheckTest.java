package io.ticketflow.runners.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.device.DevicePool;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.runners.doctor.Finding;
import io.ticketflow.runners.doctor.Finding.Level;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TogetherCheckTest {
  @Test
  void trainingsOfTheCpuAreTheSameBesideEachOther() {
    assertThat(finding(TorchTrainer::new).text()).endsWith("to the bit.");
  }

  /** Each engine is right alone, and steps too far where another one steps. */
  @Test
  void trainingsThatTouchEachOtherAreFound() {
    AtomicInteger stepping = new AtomicInteger();
    Exchanger<Boolean> meeting = new Exchanger<>();
    Finding finding =
        finding(
            device ->
                WrongEngines.with(
                    new WrongEngines.Fault() {
                      @Override
                      public double rate(double rate) {
                        stepping.incrementAndGet();
                        return meets(meeting) ? 1.5 * rate : rate;
                      }
                    }));
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.text()).contains("other results than alone", "--trainersPerDevice=1");
    // 2 trainings alone and 4 pairs, of 2 steps each
    assertThat(stepping).hasValue(20);
  }

  /** A policy of two a device, as the check asks for: on GPUs both are on the same one. */
  @Test
  void aPoolLendsItsOneGpuTwice() {
    DevicePool pool = new DevicePool(DevicePolicy.of("gpu:0", true, 2), 1);
    Device both = pool.on(first -> pool.on(second -> first.equals(second) ? second : Device.cpu()));
    assertThat(both).isEqualTo(Device.gpu(0));
  }

  private static boolean meets(Exchanger<Boolean> meeting) {
    try {
      return meeting.exchange(true, 50, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Finding finding(Function<Device, Trainer> trainers) {
    return new TogetherCheck(new DevicePool(DevicePolicy.CPU, 0), trainers).finding("lenet-5");
  }
}
